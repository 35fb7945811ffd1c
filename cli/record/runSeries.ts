import { JOURNEYS, REQUESTS } from './signals.ts'

/** What is known of a series that loadwright itself writes of a run. All are gauges. */
export interface RunSeries {
  readonly meaning: string
  /** Its labels beside `testid`. */
  readonly labels: readonly string[]
  /** Written as long as the run lasts, or once, when its verdict is there. */
  readonly when: 'during' | 'end'
}

/** The names of those that give figures of signals. */
export const RUN_FIGURES = {
  requestTime: `loadwright_run_${REQUESTS.trend}_seconds`,
  failedRequests: `loadwright_run_${REQUESTS.failedShare}_ratio`,
  failedJourneys: `loadwright_run_${JOURNEYS.failedShare}_ratio`,
  failedChecks: 'loadwright_run_checks_failed_ratio',
} as const

/** What tells a threshold from others. */
const THRESHOLD = ['metric', 'tags', 'threshold'] as const

/**
 * Series of a whole run, beside k6's own: what it was, and what it came to. They are written where the others are
 * forwarded, since k6 knows neither. A label `journey` is missing where a figure is of all journeys; figures are those
 * of the judged phases.
 */
export const RUN_SERIES = {
  loadwright_run_info: {
    meaning: 'What was run: 1, with labels to join in queries',
    labels: [
      ...['test_name', 'suite', 'profile', 'environment', 'region'],
      ...['version', 'git_commit', 'git_branch', 'date'],
    ],
    when: 'during',
  },
  loadwright_run_start_time_seconds: { meaning: 'When it began (Unix time)', labels: [], when: 'during' },
  loadwright_run_end_time_seconds: { meaning: 'When it ended (Unix time)', labels: [], when: 'end' },
  loadwright_run_phase_start_time_seconds: {
    meaning: 'When a phase of a scenario began (Unix time)',
    labels: ['scenario', 'phase', 'judged'],
    when: 'during',
  },
  loadwright_run_phase_end_time_seconds: {
    meaning: 'When it ended, or is to end (Unix time)',
    labels: ['scenario', 'phase', 'judged'],
    when: 'during',
  },
  loadwright_run_verdict: { meaning: 'Its verdict: 1', labels: ['verdict'], when: 'end' },
  loadwright_run_reason: {
    meaning: 'Why the verdict is what it is, in a sentence; the first is the most important: 1',
    labels: ['index', 'code', 'text'],
    when: 'end',
  },
  loadwright_run_threshold_info: {
    meaning: 'A threshold as reports show it; `result` is `pass`, `fail` or `no samples`: 1',
    labels: ['metric', 'tags', 'threshold', 'limit', 'value', 'margin', 'result'],
    when: 'end',
  },
  loadwright_run_threshold_held: {
    meaning: 'Whether it held: 1 or 0; absent where it had no samples',
    labels: THRESHOLD,
    when: 'end',
  },
  loadwright_run_threshold_limit: {
    meaning: 'Its limit, in `unit`: `seconds`, `bytes`, `ratio`, `per second`, or none',
    labels: [...THRESHOLD, 'unit'],
    when: 'end',
  },
  loadwright_run_threshold_value: {
    meaning: 'What was measured, in the same unit',
    labels: [...THRESHOLD, 'unit'],
    when: 'end',
  },
  loadwright_run_threshold_used_ratio: {
    meaning: 'How much of what is allowed was used: 1 is the limit itself',
    labels: THRESHOLD,
    when: 'end',
  },
  loadwright_run_check_failures: {
    meaning: 'How often a check failed; those alone that did',
    labels: ['check', 'group'],
    when: 'end',
  },
  [RUN_FIGURES.requestTime]: {
    meaning: 'Quantiles of the time of requests: 0.5, 0.95, 0.99',
    labels: ['journey', 'quantile'],
    when: 'end',
  },
  [RUN_FIGURES.failedRequests]: {
    meaning: 'Share of requests that failed (0 to 1)',
    labels: ['journey'],
    when: 'end',
  },
  [RUN_FIGURES.failedJourneys]: {
    meaning: 'Share of ended journeys that failed (0 to 1)',
    labels: ['journey'],
    when: 'end',
  },
  [RUN_FIGURES.failedChecks]: {
    meaning: 'Share of checks that failed (0 to 1)',
    labels: [],
    when: 'end',
  },
  loadwright_run_requests: { meaning: 'Requests, of all phases', labels: [], when: 'end' },
  loadwright_run_iterations: { meaning: 'Iterations, of all phases', labels: [], when: 'end' },
  loadwright_run_dropped_iterations: {
    meaning: 'Iterations that could not be started',
    labels: [],
    when: 'end',
  },
} as const satisfies Record<string, RunSeries>
