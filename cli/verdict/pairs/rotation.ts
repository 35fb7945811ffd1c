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
  const flat = Float64Array.from(rows.flatMap(({ differences }) => differences))
  const score = scorer(flat, pairs, indexesByKind(rows))
  const middle = new Float64Array(pairs).fill(1 / Math.sqrt(pairs))
  const seen = score(middle, 0)
  const scores = seen.scores.slice()
  const noises = seen.noises.slice()
  const order = rows.map((_, at) => at).sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0))
  const upwards = Int32Array.from(order.toReversed())
  const beyond = new Float64Array(rows.length).fill(1)
  const largest = new Float64Array(DRAWS)
  const turned = directions(DRAWS, pairs)
  for (let draw = 0; draw < DRAWS; draw++) {
    const { scores: drawn } = score(turned, draw * pairs)
    let most = 0
    for (const row of upwards) {
      most = Math.max(most, drawn[row] ?? 0)
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
    critical: (level) => largest[Math.min(DRAWS - 1, Math.ceil((1 - level) * DRAWS))] ?? Infinity,
  }
}

function indexesByKind(rows: readonly PairedRow[]): Int32Array[] {
  const kinds = new Map<string, number[]>()
  for (const [at, { kind }] of rows.entries()) kinds.set(kind, [...(kinds.get(kind) ?? []), at])
  return [...kinds.values()].map((indexes) => Int32Array.from(indexes))
}

/** Scores of all rows, valid until the next call: this is called for each draw. */
type Score = (directions: Float64Array, from: number) => { scores: Float64Array; noises: Float64Array }

/**
 * The t of each row in a direction of the space of pairs, of which the mean is one, and its noise across all others: at
 * least the median of that of rows like it.
 */
function scorer(flat: Float64Array, pairs: number, kinds: readonly Int32Array[]): Score {
  const count = pairs === 0 ? 0 : flat.length / pairs
  const squares = new Float64Array(count)
  for (const [at, value] of flat.entries()) {
    const row = Math.floor(at / pairs)
    squares[row] = (squares[row] ?? 0) + value * value
  }
  const scores = new Float64Array(count)
  const noises = new Float64Array(count)
  const sorted = kinds.map((rows) => new Float64Array(rows.length))
  return (directions, from) => {
    for (let row = 0; row < count; row++) {
      let along = 0
      const first = row * pairs
      for (let at = 0; at < pairs; at++) along += (directions[from + at] ?? 0) * (flat[first + at] ?? 0)
      scores[row] = Math.abs(along)
      noises[row] = Math.sqrt(Math.max(0, (squares[row] ?? 0) - along * along) / (pairs - 1))
    }
    for (const [kind, rows] of kinds.entries()) {
      const all = sorted[kind] ?? noises
      for (let at = 0; at < rows.length; at++) insert(all, at, noises[rows[at] ?? 0] ?? 0)
      const kin = Math.max(all[all.length >> 1] ?? 0, LIMITS.leastNoise)
      for (const row of rows) {
        const noise = Math.max(noises[row] ?? 0, kin)
        noises[row] = noise
        scores[row] = (scores[row] ?? 0) / noise
      }
    }
    return { scores, noises }
  }
}

/** Inserts a value among those before an index, which are sorted: quicker than to sort, for so few. */
function insert(sorted: Float64Array, index: number, value: number): void {
  let at = index
  for (; at > 0 && (sorted[at - 1] ?? 0) > value; at--) sorted[at] = sorted[at - 1] ?? 0
  sorted[at] = value
}
