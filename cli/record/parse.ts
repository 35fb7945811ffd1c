import { isRecord } from '../../config/problem/keys.ts'
import { parseJson } from '../base/index.ts'
import type { Change, Identity } from './changes.ts'
import type { HeadLine, SeriesLine, WindowLine } from './lines.ts'
import { unpackHistogram } from '../prometheus/index.ts'
import type { SegmentPlace } from './segments.ts'

/** A line as it is read; undefined for one that is not known. */
export type JournalLine =
  | ({ readonly kind: 'head' } & Pick<HeadLine, 'window'>)
  | ({ readonly kind: 'series' } & SeriesLine)
  | ({ readonly kind: 'window' } & WindowLine)

/** Reads a line of the file; undefined for one that a newer loadwright may know. Never throws. */
export function parseLine(text: string): JournalLine | undefined {
  const line = parseJson(text)
  if (!isRecord(line)) return undefined
  if (isHead(line)) return { kind: 'head', window: line.window }
  if (isSeries(line)) return { ...line, kind: 'series' }
  if (isWindow(line)) return { ...line, kind: 'window' }
  return undefined
}

/** The changes that a window's line tells, of the series that are known by id; what makes no sense is left out. */
export function changesIn(line: WindowLine, seriesOf: (id: number) => Identity | undefined): Change[] {
  const { place = 'latest' } = line
  const at = line.at + line.until
  const changes: Change[] = []
  eachPair(line.counters, (id, by) => {
    const series = seriesOf(id)
    if (series) changes.push({ series, kind: 'counter', at, place, by })
  })
  eachPair(line.gauges, (id, value) => {
    const series = seriesOf(id)
    if (series) changes.push({ series, kind: 'gauge', at, value })
  })
  let id = 0
  for (const [distance, ...packed] of line.histograms ?? []) {
    id += distance
    const series = seriesOf(id)
    const by = series && unpackHistogram(packed)
    if (by) changes.push({ series, kind: 'histogram', at, place, by })
  }
  return changes
}

function eachPair(pairs: readonly number[] = [], take: (id: number, value: number) => void): void {
  let id = 0
  for (let at = 0; at + 1 < pairs.length; at += 2) {
    id += pairs[at] ?? 0
    take(id, pairs[at + 1] ?? 0)
  }
}

type Parts = Readonly<Record<string, unknown>>
const isTime = (value: unknown): value is number => Number.isSafeInteger(value)
const places: readonly unknown[] = [undefined, 'latest', 'new', 'earlier'] satisfies (
  SegmentPlace | undefined
)[]

const isHead = (line: Parts): line is Parts & HeadLine =>
  typeof line.lines === 'number' && typeof line.window === 'number' && line.window > 0

const isSeries = (line: Parts): line is Parts & SeriesLine =>
  isTime(line.id) &&
  isTime(line.first) &&
  typeof line.name === 'string' &&
  isRecord(line.labels) &&
  Object.values(line.labels).every((value) => typeof value === 'string')

const isWindow = (line: Parts): line is Parts & WindowLine =>
  isTime(line.at) &&
  isTime(line.until) &&
  places.includes(line.place) &&
  areNumbers(line.counters) &&
  areNumbers(line.gauges) &&
  areRows(line.histograms)

const areNumbers = (value: unknown = []): boolean =>
  Array.isArray(value) && value.every((each) => typeof each === 'number')

const areRows = (value: unknown = []): boolean =>
  Array.isArray(value) &&
  value.every((row: unknown) => Array.isArray(row) && typeof (row as unknown[])[0] === 'number')
