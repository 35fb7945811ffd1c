import { spawn } from 'node:child_process'

/** Streams and variables that show whether the terminal is interactive. */
export interface Seat {
  env: Readonly<Record<string, string | undefined>>
  platform: NodeJS.Platform
  /** Standard output is a terminal. */
  terminal: boolean
}

const here = (): Seat => ({ env: process.env, platform: process.platform, terminal: process.stdout.isTTY })

/** Whether a browser may be opened without being asked: a person is at this terminal and has a screen. */
export function mayOpen({ env, platform, terminal }: Seat = here()): boolean {
  if (!terminal || truthy(env.CI) || env.BROWSER === 'none') return false
  const screen = truthy(env.DISPLAY) || truthy(env.WAYLAND_DISPLAY)
  if (platform === 'darwin' || platform === 'win32') return !truthy(env.SSH_CONNECTION)
  return screen
}

const truthy = (value: string | undefined): boolean => !['', '0', 'false', undefined].includes(value)

/** The program that opens a file as the desktop does, with its arguments. */
export function opener(path: string, { env, platform }: Omit<Seat, 'terminal'>): [string, string[]] {
  if (platform === 'darwin') return ['open', [path]]
  if (platform === 'win32') return ['rundll32', ['url.dll,FileProtocolHandler', path]]
  return env.BROWSER === undefined || env.BROWSER === '' || /[:%\s]/.test(env.BROWSER)
    ? ['xdg-open', [path]]
    : [env.BROWSER, [path]]
}

/** Opens a file or an address in the browser and does not wait; gives whether the program could be started. */
export function openInBrowser(path: string, seat: Seat = here()): Promise<boolean> {
  if (seat.env.BROWSER === 'none') return Promise.resolve(false)
  const [command, args] = opener(path, seat)
  return new Promise((resolve) => {
    const child = spawn(command, args, { detached: true, stdio: 'ignore' })
    child.once('error', () => resolve(false))
    child.once('spawn', () => {
      child.unref()
      resolve(true)
    })
  })
}
