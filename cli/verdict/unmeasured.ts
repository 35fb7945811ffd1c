import type { ThresholdResult } from '../k6/index.ts'
import type { Facts } from './facts.ts'

/** Thresholds that a sentence names at most. */
const MAX_NAMED = 5

/** Thresholds by name, the first few, and how many more there are. */
export interface Named {
  thresholds: string[]
  more: number
}

/**
 * Thresholds that had nothing to judge, as one finding or none. The environment's own are excused where the suite does
 * nothing of the kind, its author's never; those of phases are another matter in a run without phases.
 */
export function unmeasuredThresholds(facts: Facts): Named[] {
  const { thresholds, checks, slos = [], idle = [], http = true } = facts
  const isExcused = (metric: string): boolean =>
    slos.includes(metric) &&
    ((checks === 0 && /^checks\b/.test(metric)) ||
      (!http && metric.startsWith('http_')) ||
      idle.includes(metric.replace(/\{.*/s, '')))
  return named(
    thresholds.filter(
      (one) => one.result === 'no samples' && !isExcused(one.metric) && !isOutOfPhase(one, facts),
    ),
  )
}

/** An author's thresholds that judge phases which the run did not have, as one finding or none. */
export function outOfPhase(facts: Facts): Named[] {
  const { thresholds, slos = [] } = facts
  return named(thresholds.filter((one) => isOutOfPhase(one, facts) && !slos.includes(one.metric)))
}

const isOutOfPhase = ({ metric, result }: ThresholdResult, { replaced }: Facts): boolean =>
  result === 'no samples' && replaced && metric.includes('phase:')

function named(all: readonly ThresholdResult[]): Named[] {
  if (all.length === 0) return []
  const thresholds = all.slice(0, MAX_NAMED).map(({ metric, threshold }) => `${metric} ${threshold}`)
  return [{ thresholds, more: all.length - thresholds.length }]
}

/** The names in a sentence. */
export const thresholdNames = ({ thresholds, more }: Named): string =>
  more > 0 ? `${thresholds.join(', ')} and ${more} more` : thresholds.join(', ')
