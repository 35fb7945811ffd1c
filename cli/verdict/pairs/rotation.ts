import { sum } from '../../../config/sum.ts'
import { LIMITS } from '../comparison/limits.ts'
import { directions } from './directions.ts'

/** A row's differences, one of each pair, as logarithms; and which rows are alike in how noisy they are. */
export interface PairedRow {
  readonly differences: readonly number[]
  readonly kind: string
}

/** What all pairs say of a row. */
export interface Shift {
  /** The mean of the differences, and how much it scatters: its standard error. */
  readonly mean: number
  readonly error: number
  /** The standard deviation of the differences from pair to pair, at least that of rows like it. */
  readonly noise: number
  /** The chance that noise alone moves this row, or any other one, so far; all rows considered. */
  readonly chance: number
}

/** Directions that are tried: of a chance of 0.01 the error is 0.001. */
const DRAWS = 10_000

/**
 * How far each row is shifted, and the chance of it among all rows: a rotation test (Langsrud 2005, Statistics and
 * Computing 15:53) of the largest t of the rows, step by step downwards (Westfall & Young 1993, §2.6). If nothing changed,
 * the pairs are as likely in any other direction of their space, all rows turned together: so the chance is right
 * however rows depend on each other, and whatever noise is borrowed from rows that are alike.
 */
export function shiftsOf(rows: readonly PairedRow[]): {
  shifts: Shift[]
  critical: (level: number) => number
} {
  const pairs = rows[0]?.differences.length ?? 0
  const score = scorer(rows, pairs)
  const seen = score(new Float64Array(pairs).fill(1 / Math.sqrt(pairs)), 0)
  const scores = seen.scores.slice()
  const noises = seen.squares.map((each) => Math.sqrt(each / (pairs - 1)))
  const order = rows.map((_, at) => at).sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0))
  const upwards = order.toReversed()
  const beyond = new Float64Array(rows.length).fill(1)
  const largest = new Float64Array(DRAWS)
  const turned = directions(DRAWS, pairs)
  for (let draw = 0; draw < DRAWS; draw++) {
    const { scores: drawn } = score(turned, draw * pairs)
    let most = 0
    for (const row of upwards) {
      const own = drawn[row] ?? 0
      if (own > most) most = own
      if (most >= (scores[row] ?? 0)) beyond[row] = (beyond[row] ?? 0) + 1
    }
    largest[draw] = most
  }
  largest.sort()
  let least = 0
  const chances = new Map(
    order.map((row) => [row, (least = Math.max(least, (beyond[row] ?? 0) / (DRAWS + 1)))]),
  )
  return {
    shifts: rows.map(({ differences }, row) => {
      const noise = noises[row] ?? 0
      const error = noise / Math.sqrt(pairs)
      return { mean: sum(differences) / pairs, noise, error, chance: chances.get(row) ?? 1 }
    }),
    critical: (level) =>
      Math.sqrt((pairs - 1) * (largest[Math.min(DRAWS - 1, Math.ceil((1 - level) * DRAWS))] ?? Infinity)),
  }
}

function indexesByKind(rows: readonly PairedRow[]): number[][] {
  const kinds = new Map<string, number[]>()
  for (const [at, { kind }] of rows.entries()) kinds.set(kind, [...(kinds.get(kind) ?? []), at])
  return [...kinds.values()]
}

/** Of all rows, valid until the next call: this is called for each draw. */
interface Scored {
  /** The square of t, divided by its degrees of freedom: in the order of t, and without a root. */
  readonly scores: Float64Array
  /** The sum of squares that t is divided by: across all other directions, at least the median of rows alike. */
  readonly squares: Float64Array
}

/** Scores rows in a direction of the space of pairs, of which the mean is one; directions follow one another in an array. */
function scorer(
  rows: readonly PairedRow[],
  pairs: number,
): (directions: Float64Array, from: number) => Scored {
  const count = rows.length
  // Four rows are multiplied at a time: the last ones may be of zeros.
  const [flat, scores] = [new Float64Array((count + 3) * pairs), new Float64Array(count + 3)]
  for (const [row, { differences }] of rows.entries()) flat.set(differences, row * pairs)
  const whole = Float64Array.from(rows, ({ differences }) => sum(differences.map((each) => each * each)))
  const kinds = indexesByKind(rows)
  const least = LIMITS.leastNoise ** 2 * (pairs - 1)
  const [squares, upper] = [new Float64Array(count), new Float64Array(count)]
  return (directions, from) => {
    for (let row = 0; row < count; row += 4) {
      let a = 0
      let b = 0
      let c = 0
      let d = 0
      const first = row * pairs
      for (let at = 0; at < pairs; at++) {
        const axis = directions[from + at] ?? 0
        const each = first + at
        a += axis * (flat[each] ?? 0)
        b += axis * (flat[each + pairs] ?? 0)
        c += axis * (flat[each + 2 * pairs] ?? 0)
        d += axis * (flat[each + 3 * pairs] ?? 0)
      }
      scores[row] = a * a
      scores[row + 1] = b * b
      scores[row + 2] = c * c
      scores[row + 3] = d * d
    }
    for (const kind of kinds) {
      const half = (kind.length + 1) >> 1
      let kept = 0
      for (const row of kind) {
        const across = Math.max(0, (whole[row] ?? 0) - (scores[row] ?? 0))
        squares[row] = across
        kept = keepLargest(upper, kept, half, across)
      }
      const kin = Math.max(upper[0] ?? 0, least)
      for (const row of kind) {
        const across = Math.max(squares[row] ?? 0, kin)
        squares[row] = across
        scores[row] = (scores[row] ?? 0) / across
      }
    }
    return { scores, squares }
  }
}
/** Keeps the largest values, `most` at most, ascending at the start of an array; gives how many those are. */
function keepLargest(sorted: Float64Array, count: number, most: number, value: number): number {
  let at = count
  if (count < most) {
    for (; at > 0 && (sorted[at - 1] ?? 0) > value; at--) sorted[at] = sorted[at - 1] ?? 0
    sorted[at] = value
    return count + 1
  }
  if (value <= (sorted[0] ?? 0)) return count
  for (at = 1; at < count && (sorted[at] ?? 0) < value; at++) sorted[at - 1] = sorted[at] ?? 0
  sorted[at - 1] = value
  return count
}
