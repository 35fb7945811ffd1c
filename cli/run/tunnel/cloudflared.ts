import { spawn } from 'node:child_process'
import { UserError } from '../../base/index.ts'
import type { OpenedTunnel } from './ngrok.ts'

/** Milliseconds until the URL must have been told, and in which an ended tunnel must be gone. */
const TIMEOUT_MS = 60_000
const GRACE_MS = 5_000
/** What is kept of its log for a message (characters). */
const MAX_LOG_CHARACTERS = 4_000

/** Opens a quick tunnel by the `cloudflared` on the PATH. Throws UserError where it is missing, ends, or tells no URL in 60 s. */
export async function openCloudflared(
  target: string,
  signal: AbortSignal,
  binary = 'cloudflared',
): Promise<OpenedTunnel> {
  const child = spawn(binary, ['tunnel', '--no-autoupdate', '--url', target], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error: NodeJS.ErrnoException) =>
      resolve(
        error.code === 'ENOENT'
          ? 'cloudflared was not found. Install it from https://developers.cloudflare.com/cloudflare-one/connections/connect-networks/downloads/'
          : error.message,
      ),
    )
    child.once('exit', (code) => resolve(`it ended with exit code ${code}`))
  })
  const close = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
    child.kill('SIGTERM')
    const timer = setTimeout(() => child.kill('SIGKILL'), GRACE_MS)
    await ended
    clearTimeout(timer)
  }
  let log = ''
  const told = new Promise<string>((resolve) => {
    child.stderr.on('data', (chunk: Buffer) => {
      log = (log + chunk.toString()).slice(-MAX_LOG_CHARACTERS)
      const url = /https:\/\/[\w-]+\.trycloudflare\.com/.exec(log)?.[0]
      if (url !== undefined) resolve(url)
    })
  })
  const timer = AbortSignal.timeout(TIMEOUT_MS)
  const stopped = new Promise<string>((resolve) => {
    signal.addEventListener('abort', () => resolve('it was interrupted'), { once: true })
    timer.addEventListener('abort', () => resolve(`it told no URL in ${TIMEOUT_MS / 1000} s`), { once: true })
  })
  const url = await Promise.race([told, ended.then(failure), stopped.then(failure)])
  if (typeof url === 'string') return { url, close }
  await close()
  signal.throwIfAborted()
  throw new UserError(`--tunnel cloudflared: ${url.failure}${lastLine(log)}`)
}

const failure = (text: string): { failure: string } => ({ failure: text })

function lastLine(log: string): string {
  const line = log.trim().split('\n').at(-1)
  return line ? `; it said: ${line.slice(0, 300)}` : ''
}
