import { K6_METRICS, PROTOCOL_METRICS, type MetricKind } from '../../config/thresholds/metricKinds.ts'
import { parseThresholdKey } from '../../config/thresholds/thresholdKey.ts'
import { bytes, defined, number, plural, share, time } from '../base/index.ts'
import { CATALOG, type MetricEntry } from '../../lib/catalog.ts'
import type { ThresholdResult } from '../k6/index.ts'

/** A threshold as a reader wants it: the figure beside its limit, and how far apart they are. */
export interface Limit {
  metric: string
  tags: Readonly<Record<string, string>>
  /** The tags as text: `journey: checkout, phase: steady`. */
  where: string
  threshold: string
  result: ThresholdResult['result']
  /** `p(95)`, `rate` … */
  aggregation: string
  /** With units: `< 800 ms`. */
  limit: string
  /** With its unit; absent where nothing was measured. */
  value?: string
  /** How much of what is allowed was used, 1 is the limit itself; absent where that has no meaning. */
  used?: number
  /** Limit and value as numbers, of times in seconds; absent where the expression is none of k6's. */
  figures?: { unit: string; limit: number; value?: number }
  /** `288 ms to spare (36 %)`, `112 ms over (14 %)`; absent where nothing was measured. */
  margin?: string
  /** Who answers for it. */
  owner?: string
}

type Unit = 'ms' | 'bytes' | 'share' | 'per second' | 'plain'

const EXPRESSION = /^\s*([a-z]+(?:\([\d.]+\))?)\s*(<=|>=|<|>|===|==|!=)\s*(-?[\d.]+(?:e[+-]?\d+)?)\s*$/i

/** Reads a threshold's result; an expression that is none of k6's is shown as it stands. */
export function readLimit({ metric: key, threshold, result, value, owner }: ThresholdResult): Limit {
  const { metric, tags } = parseThresholdKey(key) ?? { metric: key, tags: {} }
  const where = Object.entries(tags)
    .map(([tag, text]) => `${tag}: ${text}`)
    .join(', ')
  const [, aggregation = '', operator = '', bound = ''] = EXPRESSION.exec(threshold) ?? []
  const base = { metric, tags, where, threshold, result, ...defined({ owner }) }
  if (aggregation === '') return { ...base, aggregation: '', limit: threshold }
  const limit = Number(bound)
  const unit = unitOf(metric, aggregation, limit)
  const told = {
    ...base,
    aggregation,
    limit: `${operator} ${inUnit(limit, unit)}`,
    figures: { unit: BASE_UNITS[unit], limit: inBaseUnit(limit, unit) },
  }
  if (value === undefined || result === 'no samples') return told
  const used = usedOf(operator, limit, value, unit)
  return {
    ...told,
    value: inUnit(value, unit),
    figures: { ...told.figures, value: inBaseUnit(value, unit) },
    margin: marginOf(operator, limit, value, unit),
    ...(used === undefined ? {} : { used }),
  }
}

/** Units as Prometheus names them. */
const BASE_UNITS: Readonly<Record<Unit, string>> = {
  ms: 'seconds',
  bytes: 'bytes',
  share: 'ratio',
  'per second': 'per second',
  plain: '',
}

const inBaseUnit = (value: number, unit: Unit): number => (unit === 'ms' ? value / 1000 : value)

function unitOf(metric: string, aggregation: string, limit: number): Unit {
  const kinds: Readonly<Record<string, MetricKind>> = { ...K6_METRICS, ...PROTOCOL_METRICS }
  const catalog: Readonly<Record<string, MetricEntry>> = CATALOG
  const kind = kinds[metric] ?? catalog[metric]?.kind
  if (/^data_(sent|received)$/.test(metric)) return 'bytes'
  if (aggregation === 'rate')
    return kind === 'counter' || (kind === undefined && limit > 1) ? 'per second' : 'share'
  if (metric === 'browser_web_vital_cls') return 'plain'
  if (kind === 'trend') return catalog[metric] === undefined || catalog[metric].unit === 'ms' ? 'ms' : 'plain'
  return 'plain'
}

function inUnit(value: number, unit: Unit): string {
  if (unit === 'ms') return time(value)
  if (unit === 'bytes') return bytes(value)
  if (unit === 'share') return share(value)
  return `${number(value)}${unit === 'per second' ? '/s' : ''}`
}

/** Of a share that must be high, what is allowed is the rest: 99.2 % of at least 99 % is 80 % used. */
function usedOf(operator: string, limit: number, value: number, unit: Unit): number | undefined {
  const ratio = operator.startsWith('<')
    ? value / limit
    : !operator.startsWith('>')
      ? NaN
      : unit === 'share' && limit < 1
        ? (1 - value) / (1 - limit)
        : limit / value
  return Number.isFinite(ratio) && ratio >= 0 ? ratio : undefined
}

function marginOf(operator: string, limit: number, value: number, unit: Unit): string {
  const distance = Math.abs(value - limit)
  const held = operator.startsWith('<') ? value <= limit : operator.startsWith('>') ? value >= limit : false
  const amount =
    unit === 'share' ? plural(Number((distance * 100).toPrecision(3)), 'point') : inUnit(distance, unit)
  if (/^[=!]/.test(operator)) return `${amount} apart`
  if (distance === 0) return 'on the limit'
  const relative = limit === 0 || unit === 'share' ? '' : ` (${share(distance / Math.abs(limit))})`
  return `${amount} ${held ? 'to spare' : operator.startsWith('<') ? 'over' : 'short'}${relative}`
}
