import { connect } from 'node:net'
import { isProgram, onPath } from './path.ts'

/** The browser that k6 is to drive: a program, or hosts on which browsers run already. */
export type Chromium = { readonly path: string } | { readonly hosts: readonly string[] }

/** Why there is no browser, and what to do. */
export interface NoChromium {
  readonly problem: string
  readonly todo: string
}

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']
const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
]
const TIMEOUT_MS = 3000

/**
 * The browser of K6_BROWSER_WS_URL, which must answer, or of K6_BROWSER_EXECUTABLE_PATH, else the first one on PATH or in
 * the usual places. One that is named and cannot be used is never passed over.
 */
export async function findChromium(env: NodeJS.ProcessEnv): Promise<Chromium | NoChromium> {
  const { K6_BROWSER_WS_URL: remote, K6_BROWSER_EXECUTABLE_PATH: named } = env
  if (remote) return runningAt(remote.split(','))
  if (named) {
    for (const path of /[/\\]/.test(named) ? [named] : await onPath(named, env))
      if (await isProgram(path)) return { path }
    return {
      problem: `K6_BROWSER_EXECUTABLE_PATH=${named}: there is no such program`,
      todo: 'correct the variable, or unset it to let loadwright search for Chromium',
    }
  }
  const found = await Promise.all(NAMES.map((name) => onPath(name, env)))
  for (const path of [...found.flat(), ...PLACES]) if (await isProgram(path)) return { path }
  return {
    problem: 'there is no Chromium or Chrome on this machine',
    todo: 'install Chromium (Debian, Ubuntu: apt-get install chromium; Fedora: dnf install chromium; macOS: brew install --cask chromium), or name one by K6_BROWSER_EXECUTABLE_PATH',
  }
}

/** Browsers that run already, if each answers; paths and queries of their URLs may hold a token. */
async function runningAt(urls: readonly string[]): Promise<Chromium | NoChromium> {
  const hosts: string[] = []
  for (const text of urls) {
    const url = URL.canParse(text.trim()) ? new URL(text.trim()) : undefined
    if (url === undefined || !/^wss?:$/.test(url.protocol))
      return {
        problem: 'K6_BROWSER_WS_URL is no URL of a running browser',
        todo: 'give what Chromium prints where it is started with --remote-debugging-port=9222: ws://127.0.0.1:9222/devtools/browser/…',
      }
    const { protocol, hostname, host, port } = url
    const problem = await unreachable(hostname, Number(port) || (protocol === 'wss:' ? 443 : 80))
    if (problem !== undefined)
      return {
        problem: `K6_BROWSER_WS_URL: no browser answers at ${host} (${problem})`,
        todo: 'start it with --remote-debugging-port, or unset the variable to let k6 start Chromium itself',
      }
    hosts.push(host)
  }
  return { hosts }
}

/** Why nothing listens there; undefined where something does. */
const unreachable = (hostname: string, port: number): Promise<string | undefined> =>
  new Promise((resolve) => {
    const socket = connect({ host: hostname.replace(/^\[|\]$/g, ''), port, timeout: TIMEOUT_MS })
    const end = (problem?: string): void => {
      socket.destroy()
      resolve(problem)
    }
    socket.once('connect', () => end())
    socket.once('timeout', () => end(`no answer within ${TIMEOUT_MS / 1000} s`))
    socket.once('error', (error: NodeJS.ErrnoException) => end(error.code ?? error.message))
  })
