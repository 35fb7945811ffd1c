import { REQUESTS } from '../../record/index.ts'
import { PROFILES } from '../../../config/workload/profiles.ts'
import type { Dialect } from '../question.ts'
import { countQuery, promqlOf } from './ask.ts'
import { namingOf, type Alert, type RecordingRule, type Use } from './model.ts'

/** A canary's load is small: it is looked at over five minutes. */
const CANARY_WINDOW = { text: '5m', seconds: 300 }
/** Requests in the window below which a p95 says little. */
const MIN_REQUESTS = 100
/** The p95 must be this much of the week's, and this much over it (seconds). */
const MAX_RATIO = 1.3
const MIN_DIFFERENCE_SECONDS = 0.05
/** Points of five minutes that a week must have had: an hour of canaries. */
const MIN_POINTS = 12
/** The week before the last hour, so that what is new is not part of what it is compared with. */
const WEEK = '[1w:5m] offset 1h'
/** How often these rules are evaluated. */
export const CANARY_INTERVAL = '1m'

/** p95 of canaries, by journey: without the run's id, so that one run follows the other in one series. */
export function canaryRecording(dialect: Dialect): RecordingRule {
  const selection = {
    by: ['testid', 'journey'],
    where: { phase: PROFILES.canary.judges[0] ?? '' },
    window: CANARY_WINDOW.text,
  }
  const metric = REQUESTS.trend
  const p95 = promqlOf(dialect, { ask: 'quantile', metric, q: 0.95 }, selection) ?? ''
  const count = countQuery(dialect, metric, selection) ?? ''
  return {
    record: `loadwright:canary_${metric}:p95`,
    expr: () => `max by (suite, environment, journey) (
  ((${p95})
    and on (testid, journey) ${CANARY_WINDOW.seconds} * ${count} >= ${MIN_REQUESTS})
  * on (testid) group_left (suite, environment)
  max by (testid, suite, environment) (loadwright_run_info{profile="canary"})
)`,
  }
}

/** A canary that is slower than the median of its own trailing week. */
export function canaryRules(dialect: Dialect, p95: RecordingRule): Alert {
  const metric = REQUESTS.trend
  const week = (use: Use): string => `quantile_over_time(0.5, ${use(p95)}${WEEK})`
  return {
    alert: 'K6CanaryRegression',
    of: namingOf(dialect),
    value: (use) => `${use(p95)} / ${week(use)}`,
    is: '>',
    limit: MAX_RATIO,
    provided: {
      on: ['suite', 'environment', 'journey'],
      expr: (use) => `(${use(p95)} - ${week(use)} > ${MIN_DIFFERENCE_SECONDS}
    and count_over_time(${use(p95)}${WEEK}) >= ${MIN_POINTS})`,
    },
    for: '5m',
    severity: 'warning',
    summary: 'the canary of {{suite}} became slower: {{journey}} in {{environment}}',
    description: `The p95 of ${metric} is {{value}} times the median of its trailing week, and at least ${MIN_DIFFERENCE_SECONDS * 1000} ms over it.`,
    panel: { dashboard: 'continuous', naming: namingOf(dialect), words: ['histogram_quantile', metric] },
  }
}
