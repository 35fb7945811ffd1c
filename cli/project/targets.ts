import { evaluate, type Evaluated } from '../../testing/evaluate.ts'
import { parseScript } from './syntax/script.ts'
import { PLACEHOLDER } from './walk/environment.ts'
import { prepareScript } from './walk/standIn.ts'
import { walk } from './walk/walk.ts'
import { hostIn } from '../record/index.ts'

/** What a plain script is to load, as far as one pass against the double of k6 tells. */
export interface Targets {
  /** Whether it cannot do without BASE_URL. */
  needsBaseUrl: boolean
  /** Where its requests went: `https://api.example.com`. */
  hosts: string[]
}

/** Milliseconds that a script may compute without a pause. */
const TIMEOUT_MS = 3000

/** k6's message about a URL without scheme or host, and the text that replaces a missing value. */
const LOST = /unsupported protocol scheme|invalid URL|^(\w+:\/\/)?(undefined|null|NaN)([/:?#]|$)/

/**
 * The targets of a plain script under the variables that it will find; nothing is sent. It cannot do without BASE_URL where
 * its pass goes wrong without one (it throws before any request, or a request has no host), and does not with one. Where
 * nothing can be told it needs none and has none.
 */
export async function scriptTargets(
  code: string,
  env: Readonly<Record<string, string | undefined>>,
  open?: (path: string) => string | ArrayBuffer,
): Promise<Targets> {
  const { script } = parseScript(code)
  if (!script) return { needsBaseUrl: false, hosts: [] }
  const { code: prepared } = prepareScript(code, script)
  const seen = Object.entries(env).filter((pair): pair is [string, string] => pair[1] !== undefined)
  const passUnder = async (given: Record<string, string>): Promise<Pass> => {
    const calls: unknown[] = []
    const inert = (first: unknown): unknown => calls.push(first)
    const how = { env: given, seed: 1, inert, timeout: TIMEOUT_MS, ...(open ? { open } : {}) }
    try {
      return await passOf(await evaluate(prepared, how), calls)
    } catch {
      return { goesWell: false, hosts: [] }
    }
  }
  const { goesWell, hosts } = await passUnder(Object.fromEntries(seen))
  if (goesWell || env.BASE_URL) return { needsBaseUrl: false, hosts }
  const second = await passUnder({ ...Object.fromEntries(seen), BASE_URL: PLACEHOLDER })
  return { needsBaseUrl: second.goesWell, hosts }
}

interface Pass {
  goesWell: boolean
  hosts: string[]
}

/** `calls`: what modules that send more than HTTP were given, such as the URL of a page or of a WebSocket. */
async function passOf(evaluated: Evaluated, calls: readonly unknown[]): Promise<Pass> {
  const respond = () => ({ body: '{}' })
  const { requests, warnings, errors } = await walk(evaluated, { kind: 'scripted', respond })
  const urls = requests.map(({ url }) => url)
  const told = [...warnings, ...urls, ...errors.map(({ message }) => message)]
  const lost = [...told, ...calls.map(textOf)].some((text) => LOST.test(text))
  const hosts = urls.map(hostIn).filter((host) => host !== undefined)
  // What a script throws after a request may be for want of a real answer.
  return { goesWell: (errors.length === 0 || urls.length > 0) && !lost, hosts: [...new Set(hosts)] }
}

const textOf = (value: unknown): string =>
  value === undefined || typeof value === 'string' ? String(value) : ''
