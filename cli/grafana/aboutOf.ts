import { parseThresholdKey } from '../../config/thresholds/thresholdKey.ts'
import { expressionOf } from '../../config/thresholds/thresholds.ts'
import { sum } from '../../config/sum.ts'
import type { About, Slo } from './about.ts'
import { metricsOf } from './metrics.ts'
import type { Manifest } from '../record/index.ts'

/** What suites declare, for dashboards and rules. */
export function aboutOf(manifests: readonly Manifest[]): About {
  const own = manifests.flatMap(({ suite, own }) => own.map((one) => ({ ...one, suite })))
  return {
    // Suites that share a table of metrics have one panel for each.
    own: own.filter(({ name }, at) => own.findIndex((one) => one.name === name) === at),
    metrics: metricsOf(own),
    slos: manifests.flatMap(slosOf),
    journeys: [...new Set(manifests.flatMap(({ journeys }) => journeys))],
    steps: manifests.flatMap(({ steps }) => steps),
  }
}

/** How long the judged phases of the shortest scenario last (ms); undefined where none is judged. */
function judgedOf(phases: Manifest['phases']): number | undefined {
  const each = Object.values(phases).flatMap((list) => {
    const judged = list.filter((phase) => phase.judged).map(({ lasts }) => lasts)
    return judged.length === 0 ? [] : [sum(judged)]
  })
  return each.length === 0 ? undefined : Math.min(...each)
}

/** The thresholds of a suite that a limit can be drawn from; those of equality are for k6 alone. */
function slosOf({ suite, options, own, phases }: Manifest): Slo[] {
  const metrics = metricsOf(own)
  const judged = judgedOf(phases)
  return Object.entries(options.thresholds).flatMap(([key, list]) => {
    const { metric = '', tags = {} } = parseThresholdKey(key) ?? {}
    const known = metrics[metric]
    if (!known) return []
    const { kind, unit } = known
    return list.flatMap((one): Slo[] => {
      const threshold = expressionOf(one)
      const [, stat, operator, text] = /^\s*(\S+?)\s*(<=?|>=?)\s*(-?[\d.]+)\s*$/.exec(threshold) ?? []
      if (stat === undefined || operator === undefined) return []
      const limit = { operator: operator as Slo['operator'], limit: Number(text), ...(unit ? { unit } : {}) }
      return [{ suite, key, threshold, metric, kind, tags, stat, ...limit, ...(judged ? { judged } : {}) }]
    })
  })
}
