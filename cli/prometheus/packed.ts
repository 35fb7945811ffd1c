import { type Buckets, sumBuckets } from './buckets.ts'
import { type Histogram, ZERO_THRESHOLD } from './histogram.ts'

/**
 * A histogram as JSON: its sum (9 digits), its zero count, for each bucket the distance from the last one and the
 * count; then, where they are not as k6 sends them, the buckets below zero, the schema and the zero threshold.
 */
export type Packed = [
  sum: number,
  zeroCount: number,
  positive: number[],
  negative?: number[],
  schema?: number,
  zeroThreshold?: number,
]

const USUAL_SCHEMA = 3
/** The bounds of buckets are numbers up to two to the power of this. */
const MAX_EXPONENT = 1023

/** The histogram, packed; its counts exactly. */
export function packHistogram({
  schema,
  zeroThreshold,
  sum: total,
  zeroCount,
  positive,
  negative,
}: Histogram): Packed {
  const packed: Packed = [Number(total.toPrecision(9)), zeroCount, pairs(positive)]
  const usual = schema === USUAL_SCHEMA && zeroThreshold === ZERO_THRESHOLD
  if (!usual || negative.indexes.length > 0) packed.push(pairs(negative))
  if (!usual) packed.push(schema, zeroThreshold)
  return packed
}

/** The histogram of something packed; undefined where that is none. */
export function unpackHistogram(packed: readonly unknown[]): Histogram | undefined {
  const [total, zeroCount, positive, negative = [], schema = USUAL_SCHEMA, zeroThreshold = ZERO_THRESHOLD] =
    packed
  const above = buckets(positive)
  const below = buckets(negative)
  if (!above || !below || !isCount(zeroCount) || typeof schema !== 'number') return undefined
  if (typeof zeroThreshold !== 'number' || !(schema >= -4 && schema <= 8)) return undefined
  const isBound = (index = 0): boolean => Math.abs(index) < MAX_EXPONENT * 2 ** schema
  const ends = [above, below].flatMap(({ indexes }) => [indexes[0], indexes.at(-1)])
  if (!ends.every(isBound)) return undefined
  const count = zeroCount + sumBuckets(above.counts) + sumBuckets(below.counts)
  // JSON has no infinite numbers: what cannot be said is not known.
  const known = typeof total === 'number' ? total : NaN
  return { schema, zeroThreshold, zeroCount, sum: known, count, positive: above, negative: below }
}

function pairs({ indexes, counts }: Buckets): number[] {
  const all: number[] = []
  let last = 0
  indexes.forEach((index, at) => {
    all.push(index - last, counts[at] ?? 0)
    last = index
  })
  return all
}

function buckets(packed: unknown): Buckets | undefined {
  if (!Array.isArray(packed) || packed.length % 2 !== 0) return undefined
  const all: readonly unknown[] = packed
  const indexes: number[] = []
  const counts: number[] = []
  let index = 0
  for (let at = 0; at < all.length; at += 2) {
    const [gap, count] = [all[at], all[at + 1]]
    if (!Number.isSafeInteger(gap) || !isCount(count)) return undefined
    if (at > 0 && (gap as number) < 1) return undefined
    index += gap as number
    indexes.push(index)
    counts.push(count)
  }
  return { indexes, counts }
}

/** Whether a value is how many there were, as far as that can be told exactly. */
export const isCount = (value: unknown): value is number =>
  typeof value === 'number' && value >= 0 && value <= Number.MAX_SAFE_INTEGER
