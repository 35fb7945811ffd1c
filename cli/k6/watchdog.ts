import { spawn, type ChildProcess } from 'node:child_process'

/** Milliseconds that a program has to end by itself once its caller is gone: k6's `teardown` may clean up. */
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
const whole = process.argv[2] === 'group'
const files = process.argv.slice(3)
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
    return (whole || (first !== undefined && born() === first)) && process.kill(to, signal)
  } catch {
    return false
  }
}
const finish = () => {
  for (const file of files) rmSync(file, { force: true })
  process.exit()
}
const end = () => {
  const all = whole && process.platform !== 'win32' ? -pid : pid
  if (!send(all, whole ? 'SIGTERM' : 'SIGINT')) finish()
  const until = Date.now() + ${GRACE_MS}
  setInterval(() => {
    if (!send(all, 0)) finish()
    if (Date.now() > until) send(process.platform === 'win32' ? pid : -pid, 'SIGKILL')
  }, 50)
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined)
process.stdin.on('data', () => process.exit()).on('end', end).on('error', end)
`

/**
 * Has a program end soon after this process does, also where that is killed without a word (kill -9, out of memory):
 * k6, or, `group`, whatever is in the process group that the program leads. `files` are removed then. Best effort: where
 * no watchdog can be started the program runs without.
 */
export function tieToCaller(
  child: ChildProcess,
  files: readonly string[] = [],
  of: 'k6' | 'group' = 'k6',
): void {
  if (child.pid === undefined) return
  const { NODE_OPTIONS: _, ...env } = process.env
  const watchdog = spawn(process.execPath, ['-e', WATCHDOG, String(child.pid), of, ...files], {
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
  child.once('exit', () => watchdog.stdin.end('.'))
}
