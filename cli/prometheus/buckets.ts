/**
 * The occupied buckets of one sign: `indexes` ascending, each with its count above 0 beside it in `counts`.
 */
export interface Buckets {
  readonly indexes: readonly number[]
  readonly counts: readonly number[]
}

/**
 * The upper bound of a bucket, 2^(index / 2^schema), kept inside the finite numbers; its lower bound is that
 * of `index - 1`.
 */
export function upperBound(index: number, schema: number): number {
  return Math.min(Math.max(2 ** (index * 2 ** -schema), Number.MIN_VALUE), Number.MAX_VALUE)
}

/** The bucket whose half-open range (lower, upper] holds a value above 0. */
export function bucketOf(value: number, schema: number): number {
  let index = Math.ceil(Math.log2(value) * 2 ** schema) + 0
  while (value > upperBound(index, schema)) index++
  while (value <= upperBound(index - 1, schema)) index--
  return index
}

/** The count of one bucket, 0 for an empty one. */
export function countAt(buckets: Buckets, index: number): number {
  return buckets.counts[buckets.indexes.indexOf(index)] ?? 0
}

/** `a + sign × b`, bucket by bucket; both of one schema. */
export function combine(a: Buckets, b: Buckets, sign: 1 | -1): Buckets {
  const indexes: number[] = []
  const counts: number[] = []
  let left = 0
  let right = 0
  while (left < a.indexes.length || right < b.indexes.length) {
    const ours = a.indexes[left] ?? Infinity
    const theirs = b.indexes[right] ?? Infinity
    let count = 0
    if (ours <= theirs) count += a.counts[left++] ?? 0
    if (theirs <= ours) count += sign * (b.counts[right++] ?? 0)
    if (count === 0) continue
    indexes.push(Math.min(ours, theirs))
    counts.push(count)
  }
  return { indexes, counts }
}

/** Whether some bucket has a lower count than it had; both of one schema. */
export function bucketsLost(later: Buckets, earlier: Buckets): boolean {
  let at = 0
  return earlier.indexes.some((index, place) => {
    while ((later.indexes[at] ?? Infinity) < index) at++
    const now = later.indexes[at] === index ? later.counts[at] : 0
    return (now ?? 0) < (earlier.counts[place] ?? 0)
  })
}

/** The same counts in buckets 2^steps times as wide (on the log scale): the schema lowered by `steps`. */
export function coarsen(buckets: Buckets, steps: number): Buckets {
  if (steps === 0) return buckets
  const indexes = buckets.indexes.map((index) => ((index - 1) >> steps) + 1)
  return gather(indexes, buckets.counts)
}

/** The buckets above `index`, and how many values were in the others. */
export function above(buckets: Buckets, index: number): { rest: Buckets; below: number } {
  const from = buckets.indexes.filter((each) => each <= index).length
  const rest = { indexes: buckets.indexes.slice(from), counts: buckets.counts.slice(from) }
  return { rest, below: sumBuckets(buckets.counts.slice(0, from)) }
}

/**
 * Ascending indexes, repeated or not, with their counts, as buckets: repeated ones are added up, empty ones
 * dropped.
 */
export function gather(indexes: readonly number[], counts: readonly number[]): Buckets {
  const kept: number[] = []
  const totals: number[] = []
  indexes.forEach((index, at) => {
    const count = counts[at] ?? 0
    if (count === 0) return
    if (kept.at(-1) === index) totals.push((totals.pop() ?? 0) + count)
    else {
      kept.push(index)
      totals.push(count)
    }
  })
  return { indexes: kept, counts: totals }
}

/** The sum of all numbers. */
export function sumBuckets(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
