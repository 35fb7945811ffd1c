import type { CloudConfig } from './cloud.ts'
import type { EnvironmentChange } from './environments.ts'
import type { GateConfig } from './gate.ts'
import type { Monitors } from './monitor/monitor.ts'
import type { WatchConfig } from './watch.ts'
import type { NotifyConfig } from './notify.ts'

/** What a `loadwright.config.ts` may say; every key may be left out. */
export interface Config {
  /** Files that each default-export a suite, as globs from the config's folder. Default: `suites/*.ts`. */
  suites?: readonly string[]
  /** The suite that is meant where none is named. Default: the first by name. */
  suite?: string
  /** The environment that is meant where none is named. Default: `shop`. */
  environment?: string
  /** Environments to add, or to change: what is left out keeps its value, `caps` and `slos` key by key. */
  environments?: Readonly<Record<string, EnvironmentChange>>
  /** The checks of Synthetic Monitoring that `loadwright monitor apply` keeps, by suite. */
  monitors?: Monitors
  /** Where and how `loadwright cloud run` runs. */
  cloud?: CloudConfig
  /** What `loadwright gate` does where it cannot say pass or fail, and which changes it tolerates. */
  gate?: GateConfig
  /** What `loadwright watch --prometheus` asks of the canary and of the stable version. */
  watch?: WatchConfig
  /** Whom `loadwright run` and `loadwright gate` tell how they ended. */
  notify?: NotifyConfig
}

/** Types a `loadwright.config.ts`; returns what it is given. */
export const defineConfig = (config: Config): Config => config
