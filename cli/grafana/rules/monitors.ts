import { formatDuration } from '../../../config/duration.ts'
import { MONITOR_SLO, type About, type WatchedMonitor } from '../about.ts'
import { matchers, type Alert } from './model.ts'

const MINUTE_MS = 60_000
/** The interval of checks that are not declared in the config. */
const USUAL = 5 * MINUTE_MS

/** Alerts on checks: those that are declared, each at its own interval; else all that there are. */
export const monitorAlerts = ({ monitors = [] }: About): Alert[] =>
  (monitors.length === 0 ? [undefined] : monitors).flatMap((one) => [below(one), silent(one)])

/**
 * A check below 95 % in two intervals in a row: `probe_success` keeps the last execution of each probe, so their mean
 * is the share of an interval; one execution that fails on all probes lasts one interval alone.
 */
const below = (monitor?: WatchedMonitor): Alert => ({
  ...about(monitor, ['probe_success', '[1h]']),
  alert: 'MonitorBelow95',
  value: () => `avg by (job, instance) (${success(monitor)})`,
  is: '<',
  limit: MONITOR_SLO,
  for: formatDuration(2 * everyOf(monitor)),
  severity: 'critical',
  unit: 'percentage',
  summary: 'the monitor {{job}} of {{instance}} fails',
  description: `{{value}} of its probes succeed, and fewer than 95 % did for two intervals of ${formatDuration(everyOf(monitor))}.`,
})

/** A check that was executed, and is no more: its probes are off line, or it was disabled. */
const silent = (monitor?: WatchedMonitor): Alert => ({
  ...about(monitor, ['probe_success', 'min by (job']),
  alert: 'MonitorSilent',
  value: () => `(count by (job, instance) (count_over_time(${success(monitor, '3h')}))
  unless on (job, instance) count_over_time(probe_success[${formatDuration(Math.max(3 * everyOf(monitor), 15 * MINUTE_MS))}]))`,
  is: '>',
  limit: 0,
  for: '5m',
  severity: 'warning',
  summary: 'the monitor {{job}} of {{instance}} is not executed any more',
  description: 'It was, within the last three hours. No data is not success.',
})

const everyOf = (monitor?: WatchedMonitor): number => monitor?.every ?? USUAL

const about = (monitor: WatchedMonitor | undefined, words: readonly string[]) => ({
  ...(monitor ? { of: `${monitor.job} · ${monitor.instance}` } : {}),
  panel: { dashboard: 'continuous' as const, naming: 'native' as const, words },
})

/** Blackbox exporters have a `probe_success` too: checks are told from them by `sm_check_info`. */
function success(monitor: WatchedMonitor | undefined, range?: string): string {
  if (monitor) {
    const { job, instance } = monitor
    return `probe_success${matchers({ job, instance })}${range ? `[${range}]` : ''}`
  }
  const checks = 'probe_success and on (job, instance) sm_check_info'
  return range ? `(${checks})[${range}:1m]` : checks
}
