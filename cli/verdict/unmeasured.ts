import type { ThresholdResult } from '../k6/index.ts'
import type { Facts } from './facts.ts'

/** Thresholds that a reason names at most. */
const MAX_NAMED = 5

/**
 * Thresholds that had nothing to judge, as one sentence or none. The environment's own are excused where the suite does
 * nothing of the kind, its author's never; those of phases are another matter in a run without phases.
 */
export function unmeasured(facts: Facts): string[] {
  const { thresholds, checks, slos = [], http = true } = facts
  const isExcused = (metric: string): boolean =>
    slos.includes(metric) &&
    ((checks === 0 && /^checks\b/.test(metric)) || (!http && metric.startsWith('http_')))
  const empty = thresholds.filter(
    (one) => one.result === 'no samples' && !isExcused(one.metric) && !isOutOfPhase(one, facts),
  )
  return empty.length === 0 ? [] : [`no samples for ${named(empty)}: nothing was measured there`]
}

/** An author's thresholds that judge phases which the run did not have, as one sentence or none. */
export function outOfPhase(facts: Facts): string[] {
  const { thresholds, slos = [] } = facts
  const lost = thresholds.filter((one) => isOutOfPhase(one, facts) && !slos.includes(one.metric))
  return lost.length === 0
    ? []
    : [
        `nothing was judged by ${named(lost)}: k6 was told to replace the scenarios, and their phases with them`,
      ]
}

const isOutOfPhase = ({ metric, result }: ThresholdResult, { replaced }: Facts): boolean =>
  result === 'no samples' && replaced && metric.includes('phase:')

function named(all: readonly ThresholdResult[]): string {
  const names = all.slice(0, MAX_NAMED).map(({ metric, threshold }) => `${metric} ${threshold}`)
  return all.length > MAX_NAMED ? `${names.join(', ')} and ${all.length - MAX_NAMED} more` : names.join(', ')
}
