import { PROTOCOL_METRICS, type MetricKind } from '../../config/thresholds/metricKinds.ts'
import type { SummaryExport } from '../k6/index.ts'
import { series, total, type Series } from './query.ts'
import { COMMON_METRICS } from './routes.ts'
import { ITERATIONS } from './signals.ts'
import { trendOf, type TrendFigures } from './signalFigures.ts'
import type { Store } from './store.ts'
import type { MetricDeclaration } from './manifest.ts'
import { defined } from '../base/index.ts'

/** What was measured of a metric, as its kind has it; of a Trend in the metric's own unit. */
export interface OwnFigures extends TrendFigures {
  /** Samples of a Trend or of a Rate; what a Counter came to. */
  count?: number
  /** A Counter's count for each second of the run. */
  perSecond?: number
  /** A Gauge's last value; a Rate's share. */
  value?: number
  min?: number
  max?: number
}

/** One metric of the author for the run, and for each value of its tags. */
export interface OwnMetric extends OwnFigures {
  name: string
  kind: MetricKind
  /** `ms` for times, else what its table says. */
  unit?: string
  meaning?: string
  /** By the author's own tags, most first; empty where its samples carry none. */
  tagged: (OwnFigures & { tags: Readonly<Record<string, string>> })[]
  /** Another metric is pushed under the same name, so their tags cannot be told apart. */
  shared?: true
}

/** Metrics, and values of the tags of one, that a record keeps. */
const MAX_METRICS = 100
const MAX_TAGGED = 50

/** Tags that k6 and the library set themselves: they tell where a sample was taken, and are no tags of the metric. */
const AMBIENT = new Set([
  ...['testid', 'scenario', 'journey', 'step', 'phase', 'group', 'instance', 'job', '__name__'],
  ...['url', 'name', 'method', 'status', 'expected_response', 'proto', 'subproto', 'tls_version'],
  ...['error', 'error_code', 'service', 'check', 'rpc_type', 'ip', 'vu', 'iter', 'ocsp_status'],
])

/** What is known of the author's metrics: exact figures from k6's summary, by tag from the recorder. */
export function ownMetrics(
  store: Store,
  { metrics }: SummaryExport,
  declared: readonly MetricDeclaration[] = [],
): OwnMetric[] {
  const names = new Set([
    ...declared.map(({ name }) => name),
    ...Object.keys(metrics).filter((name) => !name.includes('{')),
  ])
  const shares = new Set(store.shared())
  return [...names]
    .filter((name) => !COMMON_METRICS.has(name) && !isOfProtocol(name) && !isPart(name, names))
    .slice(0, MAX_METRICS)
    .flatMap((name) => {
      const about = declared.find((one) => one.name === name)
      const summary = metrics[name]
      const recorded = series(store, name)
      const kind = about?.kind ?? (summary ? kindOf(summary) : undefined) ?? recordedKind(recorded)
      if (kind === undefined) return []
      const own = ofKind(recorded, kind)
      const shared = own.some((one) => shares.has(one.name))
      const whole = { ...figures(store, name, own, kind), ...(summary ? exact(summary, kind) : {}) }
      if (Object.keys(whole).length === 0) return []
      const unit = about?.unit ?? (own.some((one) => one.unit === 's') ? 'ms' : undefined)
      return [
        {
          name,
          kind,
          ...defined({ unit, meaning: about?.meaning }),
          ...whole,
          tagged: shared ? [] : tagged(store, name, own, kind),
          ...(shared ? { shared: true as const } : {}),
        },
      ]
    })
}

/** k6's own, which records have by page, socket and call; of pings they have nothing else. */
const isOfProtocol = (name: string): boolean => name in PROTOCOL_METRICS && name !== 'ws_ping'

/** A Rate of a table comes with two Counters, which are part of it. */
const isPart = (name: string, names: ReadonlySet<string>): boolean =>
  /_(non)?zero$/.test(name) && names.has(name.replace(/_(non)?zero$/, ''))

/** k6's summary has no kinds: their fields tell them. */
function kindOf(values: Readonly<Record<string, unknown>>): MetricKind | undefined {
  if ('passes' in values) return 'rate'
  if ('avg' in values || 'p(95)' in values) return 'trend'
  if ('value' in values) return 'gauge'
  return 'count' in values ? 'counter' : undefined
}

function recordedKind([first]: readonly Series[]): MetricKind | undefined {
  if (first === undefined) return undefined
  if (first.kind === 'histogram') return 'trend'
  return first.kind === 'gauge' && first.name.endsWith('_rate') ? 'rate' : first.kind
}

function ofKind(recorded: readonly Series[], kind: MetricKind): Series[] {
  const pushed = kind === 'trend' ? 'histogram' : kind === 'rate' ? 'gauge' : kind
  return recorded.filter((one) => one.kind === pushed && (kind === 'rate') === one.name.endsWith('_rate'))
}

/** k6's own figures: exact. */
function exact(values: Readonly<Record<string, unknown>>, kind: MetricKind): OwnFigures {
  const of = (key: string): number | undefined => (typeof values[key] === 'number' ? values[key] : undefined)
  const [passes, fails] = [of('passes'), of('fails')]
  if (kind === 'counter') return defined({ count: of('count'), perSecond: of('rate') })
  if (kind === 'gauge') return defined({ value: of('value'), min: of('min'), max: of('max') })
  if (kind === 'rate')
    return passes === undefined || fails === undefined || passes + fails === 0
      ? {}
      : { count: passes + fails, value: passes / (passes + fails) }
  if (of('count') === 0) return {}
  return defined({
    count: of('count'),
    min: of('min'),
    max: of('max'),
    mean: of('avg'),
    p50: of('med'),
    p95: of('p(95)'),
    p99: of('p(99)'),
  })
}

/** What the recorder has of a metric, or of its series with some tags. */
function figures(
  store: Store,
  name: string,
  own: readonly Series[],
  kind: MetricKind,
  where: Readonly<Record<string, string>> = {},
): OwnFigures {
  if (own.length === 0) return {}
  if (kind === 'counter') return { count: total(store, name, where) }
  const latest = own.toSorted((a, b) => a.last - b.last).at(-1)
  if (kind === 'gauge') return latest?.kind === 'gauge' ? { value: latest.value } : {}
  if (kind === 'rate') {
    const yes = total(store, `${name}_nonzero`, where)
    const count = yes + total(store, `${name}_zero`, where)
    if (count > 0) return { count, value: yes / count }
    // Shares of several series cannot be added up without their counts.
    return own.length === 1 && latest?.kind === 'gauge' ? { value: latest.value } : {}
  }
  const { count, figures: trend } = trendOf(store, name, where)
  return count === 0 ? {} : { count, ...trend }
}

/** Tags that all of the run carries (`--tag`, those of its scenarios) are no tags of a metric. */
const ofRun = (store: Store): Set<string> =>
  new Set(series(store, ITERATIONS.all.metric).flatMap(({ labels }) => Object.keys(labels)))

/** Figures by the author's tags. */
function tagged(store: Store, name: string, own: readonly Series[], kind: MetricKind): OwnMetric['tagged'] {
  const sets = new Map<string, { tags: Record<string, string>; own: Series[] }>()
  const run = ofRun(store)
  for (const one of own) {
    const tags = Object.fromEntries(
      Object.entries(one.labels).filter(([label]) => !AMBIENT.has(label) && !run.has(label)),
    )
    const key = JSON.stringify(tags)
    const set = sets.get(key) ?? { tags, own: [] }
    set.own.push(one)
    sets.set(key, set)
  }
  if (sets.size === 1 && sets.has('{}')) return []
  const labels = new Set([...sets.values()].flatMap(({ tags }) => Object.keys(tags)))
  return [...sets.values()]
    .map(({ tags, own }) => ({
      tags,
      // Samples without a tag are not those with any value of it.
      ...figures(
        store,
        name,
        own,
        kind,
        Object.fromEntries([...labels].map((label) => [label, tags[label] ?? ''])),
      ),
    }))
    .sort((a, b) => (b.count ?? 0) - (a.count ?? 0))
    .slice(0, MAX_TAGGED)
}
