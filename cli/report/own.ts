import { number, share, time } from '../base/index.ts'
import type { OwnFigures, OwnMetric } from '../record/index.ts'

/** One line of the author's metrics, in words. */
export interface OwnRow {
  /** The metric; of a line of tags, them: `city=Berlin`. */
  name: string
  isTagged: boolean
  meaning: string
  /** Samples; of a Counter what it came to. */
  count: string
  /** A Counter's rate, a Gauge's last value, a Rate's share, a Trend's mean. */
  value: string
  p50: string
  p95: string
  p99: string
  max: string
}

/** Lines of tags of one metric that a report shows at most: the others are in run.json. */
const MAX_TAGGED = 10

/** A run's own metrics, each followed by what its tags tell. */
export function ownRows(metrics: readonly OwnMetric[] = []): OwnRow[] {
  return metrics.flatMap((metric) => {
    const { name, unit, kind, meaning = '', tagged, shared } = metric
    const more = tagged.length - MAX_TAGGED
    return [
      {
        ...row(metric, metric),
        name: `${name}${unit === undefined || unit === 'ms' ? '' : ` (${unit})`}`,
        meaning: `${kind}${meaning === '' ? '' : `: ${meaning}`}${shared ? '; another metric has the same name for Prometheus, so that its tags cannot be told' : ''}`,
      },
      ...tagged.slice(0, MAX_TAGGED).map((one) => ({
        ...row(metric, one),
        name:
          Object.entries(one.tags)
            .map(([tag, value]) => `${tag}=${value}`)
            .join(' ') || 'without tags',
        isTagged: true,
      })),
      ...(more > 0 ? [{ ...row(metric, {}), name: `${number(more)} more in run.json`, isTagged: true }] : []),
    ]
  })
}

function row({ kind, unit }: OwnMetric, figures: OwnFigures): OwnRow {
  const { count, perSecond, value, min, max, mean, p50, p95, p99 } = figures
  const of = (one: number | undefined): string =>
    one === undefined ? '' : unit === 'ms' ? time(one) : number(one)
  const range = min === undefined || max === undefined || min === max ? '' : ` (${of(min)} to ${of(max)})`
  const values = {
    counter: perSecond === undefined ? '' : `${number(perSecond)}/s`,
    gauge: `${of(value)}${range}`,
    rate: value === undefined ? '' : share(value),
    trend: of(mean),
  }
  return {
    name: '',
    isTagged: false,
    meaning: '',
    count: count === undefined ? '' : number(count),
    value: values[kind],
    p50: of(p50),
    p95: of(p95),
    p99: of(p99),
    max: kind === 'trend' ? of(max) : '',
  }
}
