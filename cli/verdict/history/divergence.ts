/** Gives the sum of distances between the values of two stretches, `[a, b)` and `[c, d)`. */
type Distances = (a: number, b: number, c: number, d: number) => number

/** Distances of all values from each other, summed so that those of any two stretches are found at once. */
export function distancesOf(values: readonly number[]): Distances {
  const width = values.length + 1
  const sums = new Float64Array(width * width)
  for (const [row, one] of values.entries())
    for (const [column, other] of values.entries())
      sums[(row + 1) * width + column + 1] =
        Math.abs(one - other) +
        (sums[row * width + column + 1] ?? 0) +
        (sums[(row + 1) * width + column] ?? 0) -
        (sums[row * width + column] ?? 0)
  const upTo = (row: number, column: number): number => sums[row * width + column] ?? 0
  return (a, b, c, d) => upTo(b, d) - upTo(a, d) - upTo(b, c) + upTo(a, c)
}

/** A place where values fall apart: the first value of the second part, and the first one after it. */
export interface Split {
  readonly at: number
  readonly end: number
}

/**
 * Where a stretch of values falls apart most; undefined where it is too short for two parts of `side` values. Both parts
 * are held against each other by the divergence of Matteson & James 2014 (J. Am. Stat. Assoc. 109:334), with distances to
 * the power of 1. The second part may end before the stretch does, so that a third level after it hides nothing.
 */
export function bestSplit(distances: Distances, from: number, to: number, side: number): Split | undefined {
  let best: Split | undefined
  let most = -Infinity
  for (let at = from + side; at <= to - side; at++)
    for (let end = at + side; end <= to; end++) {
      const [left, right] = [at - from, end - at]
      const within = (a: number, b: number): number =>
        b - a < 2 ? 0 : distances(a, b, a, b) / ((b - a) * (b - a - 1))
      const between = distances(from, at, at, end) / (left * right)
      const divergence =
        ((left * right) / (left + right)) * (2 * between - within(from, at) - within(at, end))
      if (divergence > most) [best, most] = [{ at, end }, divergence]
    }
  return best
}
