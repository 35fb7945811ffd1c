import { formatDuration } from '../../../config/duration.ts'
import { sloLimit, type About, type Slo } from '../about.ts'
import { native } from '../dialects/native.ts'
import { metricShare } from '../../record/index.ts'
import type { Dialect } from '../question.ts'
import { countQuery, queryParts, promqlOf, WINDOW, type Selection } from './ask.ts'
import { boundOver } from './bounds.ts'
import { matchers, namingOf, type Alert, type RulePanel, type RecordingRule } from './model.ts'

/** Values in a window below which no Trend is judged: of fewer, one slow request decides. */
const MIN_VALUES = 20
/** How often alerts on runs are evaluated: short runs last a minute. Grafana takes multiples of 10 s. */
export const RUN_INTERVAL = '10s'

/** How long a limit must be passed at least: two pushes of plain k6 (5 s each), and two evaluations. */
export const PENDING = '10s'

/** A limit must be passed for a tenth of the judged time, which is between these (ms). */
const PENDING_MS = { least: 10_000, most: 60_000 }

/** How long the limit of a threshold must be passed: in a run of hours half a minute is nothing, in a short one all. */
function pendingOf({ judged = 0 }: Slo): string {
  const tenth = Math.round(judged / 10 / PENDING_MS.least) * PENDING_MS.least
  return formatDuration(Math.min(PENDING_MS.most, Math.max(PENDING_MS.least, tenth)))
}

/** A threshold as a rule and an alert; `why` where it is left to k6 alone. */
export type Judged =
  | { readonly slo: Slo; readonly recording: RecordingRule; readonly alert: Alert }
  | { readonly slo: Slo; readonly why: string }

/** Thresholds of Trends, in one naming. */
export const trendSlos = (dialect: Dialect, about: About): Judged[] =>
  about.slos.filter(({ kind }) => kind === 'trend').map((slo) => ofTrend(dialect, about, slo))

/** Thresholds of Rates, whose counters are the same in both namings. */
export const rateSlos = (about: About): Judged[] =>
  about.slos.filter(({ kind }) => kind === 'rate').map((slo) => ofRate(about, slo))

function ofTrend(dialect: Dialect, about: About, slo: Slo): Judged {
  const { metric, stat } = slo
  const why = unknownTag(about, slo)
  const quantile = stat === 'med' ? 0.5 : Number(/^p\((.+)\)$/.exec(stat)?.[1] ?? NaN) / 100
  const selection = selectionOf(slo)
  const value =
    stat === 'avg'
      ? promqlOf(dialect, { ask: 'mean', metric }, selection)
      : Number.isNaN(quantile)
        ? undefined
        : promqlOf(dialect, { ask: 'quantile', metric, q: quantile }, selection)
  const count = countQuery(dialect, metric, selection)
  if (why !== undefined) return { slo, why }
  if (value === undefined || count === undefined)
    return { slo, why: `${stat} is one value, which a histogram does not have` }
  const isTime = slo.unit === 'ms'
  const limit = sloLimit(slo)
  // Of few values a high quantile is their maximum.
  const fewest = Math.max(MIN_VALUES, Number.isNaN(quantile) ? 0 : Math.ceil(1 / (1 - quantile) - 1e-9))
  const recording = recordingOf(slo, [`(${value})`, enough(count, fewest), ofSuite(slo)])
  const bound =
    dialect.name === 'classic' && stat !== 'avg'
      ? boundOver(limit, isTime ? 's' : slo.unit, slo.operator)
      : limit
  return {
    slo,
    recording,
    alert: {
      ...base(slo, recording, namingOf(dialect)),
      alert: 'K6TrendOutsideLimit',
      limit: bound,
      ...(bound === limit
        ? {}
        : { comment: `${limit} lies between two buckets; beyond ${bound} it is sure.` }),
      unit: isTime ? 'duration' : 'number',
      summary: `${stat} of ${metric} is ${over(slo)} in {{testid}}`,
      panel: { dashboard: 'run', naming: namingOf(dialect), words: ['histogram_quantile', `k6_${metric}`] },
    },
  }
}

function ofRate(about: About, slo: Slo): Judged {
  const why = unknownTag(about, slo)
  if (why !== undefined) return { slo, why }
  const { metric, operator } = slo
  const selection = selectionOf(slo)
  const share = promqlOf(native(about.metrics), { ask: 'share', metric }, selection) ?? ''
  const { yes, no } = queryParts(about.metrics, metric, selection)
  const bad = operator.startsWith('<') ? yes : no
  const recording = recordingOf(slo, [`(${share})`, ofSuite(slo)])
  return {
    slo,
    recording,
    alert: {
      ...base(slo, recording),
      alert: 'K6RateOutsideLimit',
      limit: slo.limit,
      unit: 'percentage',
      // A single failure is no rate: two must come within the window.
      ...(bad === undefined
        ? {}
        : { provided: { on: ['testid'], expr: () => `${WINDOW.seconds} * ${bad} >= 1.5` } }),
      summary: `the rate of ${metric} is ${over(slo)} in {{testid}}`,
      panel: { dashboard: 'run', naming: 'native', words: wordsOf(metric) },
    },
  }
}

/** Series that a threshold judges; the suite is known by its runs. */
const selectionOf = ({ tags }: Slo): Selection => ({ by: ['testid'], where: tags })

const enough = (perSecond: string, fewest: number): string =>
  `  and on (testid) ${WINDOW.seconds} * ${perSecond} >= ${fewest}`

const ofSuite = ({ suite }: Slo): string => `  and on (testid) loadwright_run_info${matchers({ suite })}`

const recordingOf = (slo: Slo, lines: readonly string[]): RecordingRule => ({
  record: 'loadwright:slo:value',
  labels: { suite: slo.suite, slo: sloName(slo) },
  expr: () => lines.join('\n'),
})

/** A threshold in one line, as its author wrote it. */
export const sloName = ({ key, threshold }: Slo): string => `${key} ${threshold}`

const base = (slo: Slo, recording: RecordingRule, naming: RulePanel['naming'] = 'native') => ({
  of: [slo.suite, sloName(slo), ...(naming === 'classic' ? [naming] : [])].join(' · '),
  key: [slo.suite, slo.key, slo.stat, slo.operator, naming].join(' '),
  value: (use: (one: RecordingRule) => string) => use(recording),
  is: slo.operator.startsWith('<') ? ('>' as const) : ('<' as const),
  for: pendingOf(slo),
  severity: 'warning' as const,
  labels: {
    suite: slo.suite,
    slo: sloName(slo),
    ...(slo.tags.journey === undefined ? {} : { journey: slo.tags.journey }),
  },
  description: `It is {{value}} over the last minute; the threshold of ${slo.suite} is ${sloName(slo)}.`,
})

const over = ({ operator }: Slo): string => (operator.startsWith('<') ? 'over its limit' : 'under its limit')

/** What a panel of a Rate's share asks for. */
function wordsOf(rate: string): string[] {
  const { yes } = metricShare(rate)
  return [`k6_${yes.metric}_total`, ...Object.keys(yes.where ?? {}), ' / ']
}

/** A tag that the metric is not known to have cannot be selected by. */
function unknownTag({ metrics }: About, { metric, tags }: Slo): string | undefined {
  const known = metrics[metric]?.labels ?? []
  const other = Object.keys(tags).find((tag) => !known.includes(tag))
  return other === undefined ? undefined : `no table declares the tag ${other} of ${metric}`
}
