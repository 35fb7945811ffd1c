import { ShopError } from './errors.ts'
import type { Fault } from './faults/fault.ts'
import { parseFaults } from './faults/parse.ts'
import type { TraceOptions } from './tracer.ts'

/** How to start a shop. */
export interface ShopOptions {
  /** 0, the default, takes any free port. */
  port?: number
  /** The address to listen at, `127.0.0.1` unless told. */
  host?: string
  /** Faults as written, such as `latency=/product:80`. */
  faults?: readonly string[]
  /** The same seed gives the same sequence of draws on each route; 1 unless told. */
  seed?: number
  /** Exports the shop's own spans; off unless given. */
  traces?: TraceOptions
  /** Multiplies the few ms that routes need by themselves; 1 unless told, 0 answers at once. */
  serviceTime?: number
}

/** The options with their defaults. */
export interface Settled extends Readonly<Required<Omit<ShopOptions, 'faults' | 'traces'>>> {
  readonly faults: readonly Fault[]
  readonly traces: TraceOptions | undefined
}

const isWeb = (url: string): boolean => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)

/** Checks the options; throws a ShopError with every problem. */
export function settleOptions(options: ShopOptions): Settled {
  const { port = 0, host = '127.0.0.1', seed = 1, serviceTime = 1, traces } = options
  const problems: string[] = []
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    problems.push(`The port ${port} is not a whole number from 0 (any free one) to 65535.`)
  if (!Number.isFinite(seed)) problems.push(`The seed ${seed} is not a number.`)
  if (!(serviceTime >= 0 && serviceTime <= 1000))
    problems.push(`The service time ${serviceTime} is not a factor from 0 to 1000.`)
  if (traces !== undefined && !isWeb(traces.url))
    problems.push(`The trace URL "${traces.url}" is not one like http://127.0.0.1:4318.`)
  if (traces?.drop !== undefined && !(traces.drop >= 0 && traces.drop <= 1))
    problems.push(`The share of dropped spans ${traces.drop} is not a number from 0 to 1.`)
  let faults: readonly Fault[] = []
  try {
    faults = parseFaults(options.faults ?? [])
  } catch (error) {
    if (!(error instanceof ShopError)) throw error
    problems.push(...error.problems)
  }
  if (problems.length > 0) throw new ShopError(problems)
  return { port, host, seed, serviceTime, faults, traces }
}
