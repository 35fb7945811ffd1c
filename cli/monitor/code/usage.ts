/** Minutes of a month as it is billed: 30 days. */
const MONTH_MINUTES = 43_200
const MINUTE_MS = 60_000

/** Executions a month that cost nothing, all checks of a tenant together (the app's `useAtHgExecutionLimit`). */
export const FREE_EXECUTIONS = 100_000

/** What executions are counted from; times in milliseconds. */
export interface Cadence {
  probes: readonly unknown[]
  frequency: number
  /** The longest that a pass can last: each minute that is begun counts. */
  timeout: number
  enabled: boolean
}

/** Executions a month, as Synthetic Monitoring bills them: probes × minutes a pass, rounded up × 43,200 ÷ minutes between two. */
export function executionsAMonth({ probes, frequency, timeout, enabled }: Cadence): number {
  if (!enabled) return 0
  return Math.round(
    (probes.length * Math.ceil(timeout / MINUTE_MS) * MONTH_MINUTES) / (frequency / MINUTE_MS),
  )
}
