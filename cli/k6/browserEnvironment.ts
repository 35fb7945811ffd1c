import { statfs } from 'node:fs/promises'
import { UserError } from '../base/index.ts'
import { findChromium } from './chromium.ts'

/** What k6 is told of the browser that it drives. */
export interface BrowserEnvironment {
  /** Variables for k6, over those of the shell. */
  readonly env: Readonly<Record<string, string>>
  /** Which browser it is, and with which flags it is started and why, in a sentence. */
  readonly note: string
}

/** What of the machine decides how a browser must be started. */
export interface BrowserMachine {
  readonly isRoot: boolean
  /** Bytes of /dev/shm, where a browser keeps its pages; undefined where there is none. */
  readonly shared?: number | undefined
}

/** Bytes: containers have 64 MiB unless told, and a page that is larger crashes. */
const MIN_SHARED_BYTES = 512 * 1024 ** 2

/**
 * Finds the browser, and decides the variables with which k6 starts it: inside a container as root Chromium needs
 * `no-sandbox`, with a small /dev/shm `disable-dev-shm-usage`; flags of the shell stay. Throws UserError where there is no
 * browser.
 */
export async function browserEnvironment(
  env: NodeJS.ProcessEnv,
  machine?: BrowserMachine,
): Promise<BrowserEnvironment> {
  const found = await findChromium(env)
  if ('problem' in found) throw new UserError(`${found.problem}; ${found.todo}`)
  if ('hosts' in found) return { env: {}, note: `browser: the one that runs at ${found.hosts.join(', ')}` }
  const own = (env.K6_BROWSER_ARGS ?? '').split(',').filter((flag) => flag !== '')
  const needed = flagsFor(machine ?? (await thisMachine())).filter(({ flag }) => !own.includes(flag))
  const flags = [...own, ...needed.map(({ flag }) => flag)]
  const why = needed.map(({ flag, reason }) => `${flag}, ${reason}`)
  return {
    env: {
      K6_BROWSER_EXECUTABLE_PATH: found.path,
      ...(flags.length > 0 ? { K6_BROWSER_ARGS: flags.join(',') } : {}),
    },
    note: `browser: ${found.path}${why.length > 0 ? `, with ${why.join('; ')}` : ''}`,
  }
}

function flagsFor({ isRoot, shared }: BrowserMachine): { flag: string; reason: string }[] {
  return [
    ...(isRoot ? [{ flag: 'no-sandbox', reason: 'since Chromium starts for root in no other way' }] : []),
    ...(shared !== undefined && shared < MIN_SHARED_BYTES
      ? [
          {
            flag: 'disable-dev-shm-usage',
            reason: `since /dev/shm has only ${Math.round(shared / 1024 ** 2)} MiB`,
          },
        ]
      : []),
  ]
}

async function thisMachine(): Promise<BrowserMachine> {
  const isRoot = process.getuid?.() === 0
  if (process.platform !== 'linux') return { isRoot: false }
  try {
    const { blocks, bsize } = await statfs('/dev/shm')
    return { isRoot, shared: blocks * bsize }
  } catch {
    return { isRoot }
  }
}
