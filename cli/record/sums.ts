import { histogramOf, isCount, merge, unpackHistogram, type Histogram } from '../prometheus/index.ts'
import type { Change, Identity } from './changes.ts'
import type { WindowLine } from './lines.ts'
import { changesIn } from './parse.ts'

/** Windows added up: as the state of a series they say the same as one after the other. */
export interface Sums {
  add(line: WindowLine, seriesOf: (id: number) => Identity | undefined): void
  /** What came to each series in all, and its latest values. */
  all(): Change[]
}

/** Buckets of a usual histogram that are counted in place: 2^−64 to 2^64. */
const [LOWEST, SIZE] = [-512, 1024]
/** What is packed of a usual histogram: its sum, its zero count, its buckets. */
const USUAL = 3

/** A histogram whose usual buckets are counted in place. */
interface Counted {
  at: number
  sum: number
  zeroCount: number
  readonly counts: Float64Array
  /** Those with other buckets. */
  readonly unlike: Histogram[]
}

/** Adds windows up without a histogram for each: over those of a long run, making them takes most of the time. */
export function createSums(): Sums {
  const others: Change[] = []
  const histograms = new Map<Identity, Counted>()
  return {
    add(line, seriesOf) {
      const { histograms: rows = [], ...rest } = line
      const at = line.at + line.until
      others.push(...changesIn(rest, seriesOf))
      let id = 0
      for (const row of rows) {
        id += row[0]
        const series = seriesOf(id)
        if (series === undefined) continue
        const known = histograms.get(series) ?? counted()
        histograms.set(series, known)
        known.at = Math.max(known.at, at)
        if (row.length === USUAL + 1 && addUsual(known, row[1], row[2], row[3])) continue
        const unlike = unpackHistogram(row.slice(1))
        if (unlike) known.unlike.push(unlike)
      }
    },
    all: () => [
      ...others,
      ...[...histograms].map(([series, known]): Change => ({
        series,
        kind: 'histogram',
        at: known.at,
        place: 'new',
        by: known.unlike.reduce(merge, histogramIn(known)),
      })),
    ],
  }
}

const counted = (): Counted => ({
  at: -Infinity,
  sum: 0,
  zeroCount: 0,
  counts: new Float64Array(SIZE),
  unlike: [],
})

/** Adds a usual histogram, and tells whether it is one: pairs of a distance from the last bucket and a count. */
function addUsual(known: Counted, sum: unknown, zeroCount: unknown, pairs: unknown): boolean {
  if (typeof sum !== 'number' || !isCount(zeroCount) || !Array.isArray(pairs) || !areUsual(pairs))
    return false
  known.sum += sum
  known.zeroCount += zeroCount
  let place = -LOWEST
  for (let at = 0; at < pairs.length; at += 2) {
    place += pairs[at] as number
    known.counts[place] = (known.counts[place] ?? 0) + (pairs[at + 1] as number)
  }
  return true
}

function areUsual(pairs: readonly unknown[]): boolean {
  let place = -LOWEST
  for (let at = 0; at < pairs.length; at += 2) {
    const gap = pairs[at]
    if (!Number.isSafeInteger(gap) || (at > 0 && (gap as number) < 1) || !isCount(pairs[at + 1])) return false
    place += gap as number
    if (place < 0 || place >= SIZE) return false
  }
  return true
}

function histogramIn({ sum, zeroCount, counts }: Counted): Histogram {
  const indexes: number[] = []
  const kept: number[] = []
  let count = zeroCount
  for (let place = 0; place < SIZE; place++) {
    const value = counts[place] ?? 0
    if (value === 0) continue
    indexes.push(place + LOWEST)
    kept.push(value)
    count += value
  }
  return { ...histogramOf([]), sum, zeroCount, count, positive: { indexes, counts: kept } }
}
