import { SERIES_BUDGET, type SeriesEstimate } from './series.ts'

/** Metrics that are named. */
const MAX_NAMED = 4

/** The estimate as lines: how many series, which metrics have most of them, and what exceeds the budget. */
export function seriesText(estimate: SeriesEstimate): string[] {
  const { series, perPhase, phases, metrics } = estimate
  const named = metrics.slice(0, MAX_NAMED).map(({ metric, series: count }) => `${metric} ${count}`)
  const ofPhases = phases.length > 1 ? ` in ${phases.length} phases` : ''
  return [
    `about ${series} series, ${perPhase} a phase${ofPhases}; most of them ${named.join(', ')}`,
    ...seriesWarnings(estimate),
  ]
}

/** What exceeds the budget, each a sentence with what to do. */
export function seriesWarnings({ series, perPhase }: SeriesEstimate): string[] {
  const over = [
    ...(perPhase > SERIES_BUDGET.phase
      ? [`${perPhase} series a phase, ${SERIES_BUDGET.phase} are enough`]
      : []),
    ...(series > SERIES_BUDGET.run ? [`${series} series a run, ${SERIES_BUDGET.run} are enough`] : []),
  ]
  if (over.length === 0) return []
  return [
    `warning: ${over.join('; ')}. Give requests names without ids (name: 'product'), fewer checks in a step, or split the suite`,
  ]
}
