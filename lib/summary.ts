import type { Settings } from '../config/index.ts'

/** What k6 hands to `handleSummary`, as far as it is read here (its legacy shape, the default in k6 2.2). */
export interface SummaryData {
  metrics: Record<
    string,
    {
      type: string
      values: Record<string, number>
      thresholds?: Record<string, { ok: boolean }>
    }
  >
  state: { testRunDurationMs: number }
}

interface About {
  name: string
  settings: Settings
  journeys: readonly string[]
  /** A single pass is not judged by thresholds. */
  singlePass: boolean
}

/**
 * The end-of-test text of a suite: what was run, thresholds, journeys from start to end, checks and requests.
 * A threshold without samples is shown as such: k6 alone would call it passed.
 */
export function summary(
  { metrics, state }: SummaryData,
  { name, settings, journeys, singlePass }: About,
): string {
  const value = (metric: string, key: string): number => metrics[metric]?.values[key] ?? 0
  const lines = [
    '',
    `${name} · ${settings.PROFILE} · ${settings.ENVIRONMENT} · ${settings.BASE_URL} · ${seconds(state.testRunDurationMs)}`,
    '',
    ...(singlePass ? [] : [...thresholdLines(metrics), '']),
  ]
  for (const journey of journeys) {
    const started = value(`journeys_started{journey:${journey}}`, 'count')
    const completed = value(`journeys_completed{journey:${journey}}`, 'count')
    lines.push(`  journey ${journey}: ${started} started, ${completed} completed`)
  }
  const checks = metrics.checks?.values ?? {}
  const requests = value('http_reqs', 'count')
  lines.push(
    `  checks: ${checks.passes ?? 0} held, ${checks.fails ?? 0} failed`,
    `  requests: ${requests}, ${value('http_req_failed', 'passes')} failed, p95 ${seconds(value('http_req_duration', 'p(95)'))}`,
    `  iterations: ${value('iterations', 'count')}, ${value('dropped_iterations', 'count')} dropped`,
    '',
  )
  return `${lines.join('\n')}\n`
}

function thresholdLines(metrics: SummaryData['metrics']): string[] {
  return Object.entries(metrics).flatMap(([metric, { type, values, thresholds = {} }]) =>
    Object.entries(thresholds).map(([threshold, { ok }]) => {
      const empty =
        (type === 'trend' && values.count === 0) || (type === 'rate' && !values.passes && !values.fails)
      return empty
        ? `  ? ${metric}: ${threshold} (no samples)`
        : `  ${ok ? '✓' : '✗'} ${metric}: ${threshold}`
    }),
  )
}

function seconds(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`
}
