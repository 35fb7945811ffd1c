import { ITERATIONS } from '../../record/index.ts'
import { MAX_DROPPED_SHARE } from '../../verdict/index.ts'
import type { About } from '../about.ts'
import { perSecond, type Selection } from './ask.ts'
import type { Alert } from './model.ts'
import { PENDING } from './slos.ts'

/** Silence of a minute is no hiccup: k6 pushes every 1 s, and a queue of a server that was away catches up at once. */
const SILENCE = '1m'
/** How long ago a run may have been seen, and how long after that its end may have been said. */
const SEEN = { begun: '10m', ended: '15m' }

/**
 * A run that was there, sends no more, and did not end. A run that ends says so in `loadwright_run_end_time_seconds`;
 * one whose generator, forwarder or network died does not. Only runs of loadwright: plain k6 never says how it ended.
 */
export const lost = (): Alert => ({
  alert: 'K6RunLostMetrics',
  value: () =>
    `(max by (testid, suite) (last_over_time(loadwright_run_info{testid!=""}[${SEEN.begun}]))
  and on (testid) count_over_time(k6_vus{testid!=""}[${SEEN.begun}])
  unless on (testid) count_over_time(k6_vus{testid!=""}[${SILENCE}])
  unless on (testid) last_over_time(loadwright_run_end_time_seconds{testid!=""}[${SEEN.ended}]))`,
  is: '>',
  limit: 0,
  for: PENDING,
  severity: 'critical',
  summary: '{{testid}} lost its metrics',
  description: `No k6_vus of this run for ${SILENCE}, and no word that it ended: k6, the machine it runs on, or the way to this server died.`,
  panel: { dashboard: 'run', naming: 'native', words: ['k6_vus{'] },
})

/** Iterations that k6 could not start: the target did not get the load that was asked for. */
export function dropped({ metrics }: About): Alert {
  const selection: Selection = { by: ['testid', 'scenario'] }
  const drops = perSecond(metrics, { metric: 'dropped_iterations' }, selection)
  const done = perSecond(metrics, { metric: ITERATIONS.all.metric }, selection)
  const share = `${drops} / (${drops} + (${done} or 0 * ${drops}))`
  return {
    alert: 'K6DroppedIterations',
    // With its suite where loadwright says it; a run of plain k6 without.
    value: () => `(${share}
  * on (testid) group_left (suite) max by (testid, suite) (loadwright_run_info{testid!=""})
  or on (testid, scenario) ${share})`,
    is: '>',
    limit: MAX_DROPPED_SHARE,
    for: PENDING,
    severity: 'warning',
    unit: 'percentage',
    summary: '{{testid}} drops iterations of {{scenario}}',
    description:
      '{{value}} of the iterations that this load asks for were not started in the last minute: no VU was free.',
    panel: { dashboard: 'run', naming: 'native', words: ['k6_dropped_iterations_total'] },
  }
}

/** Fires always: whoever expects it learns from its silence that alerts do not arrive. */
export const watchdog = (): Alert => ({
  alert: 'Watchdog',
  value: () => 'vector(1)',
  is: '>',
  limit: 0,
  severity: 'none',
  summary: 'Alerts arrive',
  description: 'Always firing. Send it to something that pages when it stops.',
  noData: 'Alerting',
})
