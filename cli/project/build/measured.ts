import type { Config } from '../../../config/config.ts'
import { limitsOf } from '../../../config/slos.ts'
import { K6_METRICS, PROTOCOL_METRICS } from '../../../config/thresholds/metricKinds.ts'
import { parseThresholdKey } from '../../../config/thresholds/thresholdKey.ts'
import { CATALOG } from '../../../lib/catalog.ts'
import { isSampled } from '../../k6/index.ts'

/** An SLO of an environment that a suite is not judged by. */
export interface LeftOut {
  readonly environment: string
  /** Of thresholds, as the config has it. */
  readonly key: string
}

/** What a bundle has samples of: the modules of k6 that it imports, and the metrics that it makes. */
export interface Sampled {
  readonly modules: readonly string[]
  readonly metrics: readonly { readonly name: string }[]
}

/** The SLOs of a config's environments on metrics that a bundle has not: k6 refuses a threshold on a metric that is not there. */
export function unmeasured({ environments = {} }: Config, { modules, metrics }: Sampled): LeftOut[] {
  const made = new Set(metrics.map(({ name }) => name))
  const isMeasured = (metric: string): boolean => {
    if (Object.hasOwn(K6_METRICS, metric)) return true
    return Object.hasOwn(PROTOCOL_METRICS, metric) ? isSampled(metric, modules) : made.has(metric)
  }
  return Object.entries(environments).flatMap(([environment, { slos = {} }]) =>
    Object.keys(slos)
      .filter((key) => limitsOf(slos[key] ?? []).length > 0 && !isMeasured(metricOf(key)))
      .map((key) => ({ environment, key })),
  )
}

/** A config without some SLOs of its environments. */
export function withoutSlos(config: Config, left: readonly LeftOut[]): Config {
  const environments = { ...config.environments }
  for (const { environment, key } of left) {
    const own = environments[environment]
    environments[environment] = { ...own, slos: { ...own?.slos, [key]: [] } }
  }
  return { ...config, environments }
}

/** Says which SLOs of its environments a suite is not judged by, in one sentence for each; nothing where it is by all. */
export function leftOutText(left: readonly LeftOut[]): string[] {
  return [...new Set(left.map(({ environment }) => environment))].map((name) => {
    const keys = left.filter(({ environment }) => environment === name).map(({ key }) => key)
    return `left out of the SLOs of ${name}, since this suite does not measure it: ${keys.join(', ')}`
  })
}

/** The metric of a key of thresholds. */
export const metricOf = (key: string): string => parseThresholdKey(key)?.metric ?? key

/** The metrics that suites may have without making them. */
export const KNOWN_METRICS: readonly string[] = [K6_METRICS, PROTOCOL_METRICS, CATALOG].flatMap((table) =>
  Object.keys(table),
)
