import { spawn, type ChildProcess } from 'node:child_process'

/** Milliseconds that k6 has to end by itself once its caller is gone: `teardown` may clean up. */
const GRACE_MS = 20_000

/**
 * A process of its own, outside of the caller's and k6's groups, on whose standard input only the caller holds. Where that
 * ends without a byte the caller is gone, however it ended: k6 is interrupted, after a grace killed, and the figures
 * that it wrote meanwhile are removed, which are those of more than was recorded. It never signals another process
 * that has got k6's number: on Linux it knows k6 by the time of its start too.
 */
const WATCHDOG = `
const { readFileSync, rmSync } = require('node:fs')
const pid = Number(process.argv[1])
const files = process.argv.slice(2)
const born = () => {
  if (process.platform !== 'linux') return 'unknown'
  try {
    const fields = readFileSync('/proc/' + pid + '/stat', 'latin1').replace(/^.*\\) /s, '').split(' ')
    if (fields[0] !== 'Z') return fields[19]
  } catch {}
}
const first = born()
const send = (to, signal) => {
  try {
    return first !== undefined && born() === first && process.kill(to, signal)
  } catch {
    return false
  }
}
const finish = () => {
  for (const file of files) rmSync(file, { force: true })
  process.exit()
}
const end = () => {
  if (!send(pid, 'SIGINT')) finish()
  const until = Date.now() + ${GRACE_MS}
  setInterval(() => {
    if (!send(pid, 0)) finish()
    if (Date.now() > until) send(process.platform === 'win32' ? pid : -pid, 'SIGKILL')
  }, 50)
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined)
process.stdin.on('data', () => process.exit()).on('end', end).on('error', end)
`

/**
 * Has k6 end soon after this process does, also where that is killed without a word (kill -9, out of memory). `files` are
 * removed then. Best effort: where no watchdog can be started k6 runs without.
 */
export function tieToCaller(k6: ChildProcess, files: readonly string[] = []): void {
  if (k6.pid === undefined) return
  const { NODE_OPTIONS: _, ...env } = process.env
  const watchdog = spawn(process.execPath, ['-e', WATCHDOG, String(k6.pid), ...files], {
    env,
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    windowsHide: true,
  })
  const ignore = (): void => undefined
  watchdog.on('error', ignore).unref()
  watchdog.stdin.on('error', ignore)
  // A pipe of a child is a socket, which would keep this process alive.
  if ('unref' in watchdog.stdin) (watchdog.stdin as unknown as { unref(): void }).unref()
  k6.once('exit', () => watchdog.stdin.end('.'))
}
