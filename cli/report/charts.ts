import { clock, number, share, time, truncate } from '../base/index.ts'
import { REQUESTS, type Curve, type RunRecord, type Timeline } from '../record/index.ts'
import type { ReportData } from './data.ts'
import { heatOf, type Heat } from './heat.ts'

/** In what a chart's values are measured; the words for a value come from it. */
export type ChartUnit = 'per second' | 'ms' | 'share' | 'count'

/** A line of a chart. */
export interface ChartLine {
  label: string
  values: Curve
  /** Which of the six colours with its dashes, from 0. */
  style: number
}

/** A chart over time; without lines it says why it is empty. */
export interface Chart {
  key: string
  title: string
  unit: ChartUnit
  lines: ChartLine[]
}

/** A phase on the charts, in seconds since the start. */
export interface Band {
  phase: string
  from: number
  to: number
  judged: boolean
}

/** All that the page draws: numbers and names, without the record. */
export interface Drawing {
  /** Unix time of the start, seconds. */
  zero: number
  /** The middle of each window, seconds since the start. */
  at: number[]
  window: number
  bands: Band[]
  charts: Chart[]
  heats: Heat[]
}

/** Charts of the author's own metrics at most, and lines in a chart of journeys. */
const MAX_OWN_CHARTS = 12
const MAX_LINES = 6
/** Characters of a name on the page at most. */
const MAX_NAME_CHARACTERS = 200

const WORDS: Readonly<Record<ChartUnit, (value: number | null) => string>> = {
  'per second': (value) => `${number(value)}/s`,
  ms: time,
  share,
  count: number,
}

/** What a Trend measures, by its unit. */
const MEASURED = { ms: 'Time', bytes: 'Size', '': 'Value' } as const

/** A value of a chart in words. */
export const inWords = (value: number | null | undefined, unit: ChartUnit): string =>
  value === null || value === undefined ? '–' : WORDS[unit](value)

/** What is drawn of a run; undefined where its course was not recorded. */
export function drawingOf({ record, timeline }: ReportData): Drawing | undefined {
  const first = timeline?.at[0]
  if (timeline === undefined || first === undefined) return undefined
  const begun = Math.min(...(record.phases ?? []).map(({ from }) => Date.parse(from) / 1000))
  const zero = Number.isFinite(begun) ? begun : first
  const { window } = timeline
  return {
    zero,
    at: timeline.at.map((start) => rounded(start - zero + window / 2)),
    window,
    bands: bandsOf(record.phases ?? [], zero),
    charts: chartsOf(timeline, unitsOf(record)),
    heats: timeline.steps.map(heatOf),
  }
}

/** Units of the author's metrics, by name. */
const unitsOf = ({ metrics = [], declared }: RunRecord): ReadonlyMap<string, string | undefined> =>
  new Map([...(declared?.own ?? []), ...metrics].map(({ name, unit }) => [name, unit]))

function chartsOf(timeline: Timeline, units: ReadonlyMap<string, string | undefined>): Chart[] {
  const { window, iterations, dropped, checks, failedChecks, vus, vusMax, journeys, own } = timeline
  const signals = [{ signal: REQUESTS, curves: timeline.requests }, ...timeline.others]
  const rate = (curve: Curve): Curve =>
    curve.map((value) => (value === null ? null : rounded(value / window)))
  const chart = (
    key: string,
    title: string,
    unit: ChartUnit,
    lines: readonly (readonly [string, Curve])[],
  ): Chart => ({
    key: truncate(key, MAX_NAME_CHARACTERS),
    title: truncate(title, MAX_NAME_CHARACTERS),
    unit,
    lines: lines.slice(0, MAX_LINES).map(([label, values], style) => ({
      label: truncate(label, MAX_NAME_CHARACTERS),
      values: values.map(roundedOrNull),
      style,
    })),
  })
  return [
    chart('rate', 'Rate', 'per second', [
      ...signals.map(({ signal, curves }) => [signal.name, rate(curves.count)] as const),
      ['iterations', rate(iterations)],
    ]),
    ...signals.flatMap(({ signal: { name, one, unit, trend }, curves: { p50, p95, p99 } }, index) =>
      trend === undefined
        ? []
        : chart(
            index === 0 ? 'time' : `time-${name}`,
            `${MEASURED[unit]} of a ${one}`,
            unit === 'ms' ? 'ms' : 'count',
            [
              ['p50', p50],
              ['p95', p95],
              ['p99', p99],
            ],
          ),
    ),
    chart('errors', 'Errors', 'share', [
      ...signals.flatMap(({ signal, curves }) =>
        signal.failed ? [[`failed ${signal.name}`, ratio(curves.failed, curves.count)] as const] : [],
      ),
      ['failed checks', ratio(failedChecks, checks)],
    ]),
    chart('vus', 'VUs', 'count', [
      ['VUs', vus],
      ['initialised', vusMax],
    ]),
    chart('dropped', 'Dropped iterations', 'per second', [['dropped', rate(dropped)]]),
    chart(
      ...(['journeys', 'Time of a journey, p95', 'ms'] as const),
      journeys.map(({ journey, time }) => [journey, time.p95] as const),
    ),
    ...own.slice(0, MAX_OWN_CHARTS).map(({ metric, kind, values }) => {
      const unit = units.get(metric)
      if (kind === 'counter') return chart(`own-${metric}`, metric, 'per second', [[metric, rate(values)]])
      const title = unit === undefined || unit === 'ms' ? metric : `${metric} (${unit})`
      const label = kind === 'trend' ? 'p95' : metric
      return chart(`own-${metric}`, title, unit === 'ms' ? 'ms' : 'count', [[label, values]])
    }),
  ]
}

/** Phases that several scenarios have at the same time (to the second) are one. */
function bandsOf(phases: NonNullable<RunRecord['phases']>, zero: number): Band[] {
  const bands = new Map<string, Band>()
  for (const { phase, from, to, judged } of phases) {
    const [start, end] = [Date.parse(from) / 1000 - zero, Date.parse(to) / 1000 - zero]
    if (!(end > start)) continue
    const key = `${phase} ${Math.round(start)} ${Math.round(end)}`
    bands.set(key, { phase, from: start, to: end, judged: judged || (bands.get(key)?.judged ?? false) })
  }
  return [...bands.values()].sort((a, b) => a.from - b.from)
}

/** Whether a chart has anything to show. */
export const isEmpty = ({ lines }: Chart): boolean =>
  lines.every(({ values }) => values.every((value) => value === null))

/** A chart as a sentence: for those who do not see it. */
export function summaryOf({ title, lines, unit }: Chart, { at }: Pick<Drawing, 'at'>): string {
  const parts = lines.flatMap(({ label, values }) => {
    const known = values.flatMap((value, index) => (value === null ? [] : [{ value, index }]))
    if (known.length === 0) return []
    const most = known.reduce((a, b) => (b.value > a.value ? b : a))
    const mean = known.reduce((sum, { value }) => sum + value, 0) / known.length
    return [
      `${label} ${inWords(mean, unit)} on average, at most ${inWords(most.value, unit)} at ${clock(at[most.index] ?? 0)}`,
    ]
  })
  return `${title}: ${parts.join('; ')}`
}

const ratio = (part: Curve, whole: Curve): Curve =>
  whole.map((all, index) => (all ? rounded((part[index] ?? 0) / all) : null))
const rounded = (value: number): number => Number(value.toPrecision(6))
const roundedOrNull = (value: number | null): number | null =>
  value === null || !Number.isFinite(value) ? null : rounded(value)
