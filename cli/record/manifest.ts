import type { K6Threshold } from '../../config/thresholds/thresholds.ts'
import type { Variables } from '../../config/settings/settings.ts'
import type { Phase } from '../../config/workload/phases.ts'
import type { Shape } from '../../config/workload/shape.ts'
import type { Production } from './adequacy/production.ts'
import type { MetricEntry } from '../../lib/catalog.ts'

/** What a bundle declares, for whoever reads it on Node: dashboards, docs, the lint of thresholds. */
export interface Manifest {
  suite: string
  /** The entry that it was built from, from the project's folder. */
  source: string
  bytes: number
  /** Whether it is small enough for Synthetic Monitoring. */
  monitor: boolean
  sha256: string
  /** Settings locked by the build. */
  baked: Variables
  journeys: readonly string[]
  /** Steps seen in one pass against a target that answers 200 to everything and holds every check. */
  steps: readonly { journey: string; step: string }[]
  metrics: readonly { name: string; type: string; isTime: boolean }[]
  /** The author's own, with what their tables say. */
  own: readonly MetricDeclaration[]
  /** With how many rows each, and a hash of them, which older ones do not have. */
  pools: readonly { name: string; rows: number; sha256?: string }[]
  options: SuiteOptions
  /** The keys of its thresholds that are the environment's, not its author's. */
  slos: readonly string[]
  /** What an iteration of each scenario does on average, as far as the same walk shows it. */
  iteration: Readonly<Record<string, IterationWalk>>
  /** What the suite stands for, where an import has told; without its pattern. */
  production?: Omit<Production, 'pattern'>
  /** The phases of each scenario. */
  phases: Readonly<Record<string, readonly Phase[]>>
}

/** A metric of the author, by its full name; only the kind is known of an undeclared one. */
export interface MetricDeclaration extends MetricEntry {
  name: string
}

/** A scenario of k6 beside its load: variables, tags, and `options.browser` where it drives one. */
interface ScenarioOptions extends Shape {
  env?: Record<string, string>
  tags?: Record<string, string>
  options?: { readonly browser?: { readonly type?: string } }
}

/** k6's options as a suite exports them. */
export interface SuiteOptions {
  scenarios: Record<string, ScenarioOptions>
  thresholds: Record<string, readonly K6Threshold[]>
}

/** What an iteration of a scenario does on average: requests, and seconds with think time. */
export interface IterationWalk {
  /** Of any kind: handshakes of sockets and calls of gRPC are some, too. */
  requests: number
  /** Whether one of them is of plain HTTP, which k6 has other metrics for. */
  http: boolean
  seconds: number
  /**
   * How far this is known. `walked`: the walk came to its end. `least`: it did so only where answers gave whatever was
   * read of them, so a real target may be asked more often. `unknown`: it did not come to its end.
   */
  known: 'walked' | 'least' | 'unknown'
  /** The pool with the fewest rows of which each iteration gets one of its own (`uniqueRow`), as far as the walk asked. */
  unique?: { readonly pool: string; readonly rows: number }
}

const hasBrowser = ({ options }: ScenarioOptions): boolean => options?.browser?.type !== undefined

/** Whether some scenario drives a browser. */
export const drivesBrowser = ({ scenarios }: Pick<SuiteOptions, 'scenarios'>): boolean =>
  Object.values(scenarios).some(hasBrowser)

/** Whether every scenario does, so that nothing but pages makes requests. */
export const isBrowserAlone = ({ scenarios }: Pick<SuiteOptions, 'scenarios'>): boolean =>
  drivesBrowser({ scenarios }) && Object.values(scenarios).every(hasBrowser)
