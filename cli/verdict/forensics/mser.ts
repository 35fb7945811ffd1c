/** MSER-5: how many values at the start of a series to discard as warm-up. */
export interface Steadiness {
  /** Batches that were cut off as not yet steady, and how many there were. */
  readonly cut: number
  readonly batches: number
  /** The least lies at the half: the series came to no steady level. */
  readonly never: boolean
  /** By how much the level of the last quarter differs from that of the one before it, relative. */
  readonly drift: number
}

const BATCH_SIZE = 5
const MIN_BATCHES = 20

/**
 * White's MSER-5 (K. P. White, 1997): batches of five; the cut that makes the standard error of the rest least. Undefined
 * for less than 20 batches, of which nothing can be said. Gaps (null) are left out.
 */
export function mser5(series: readonly (number | null)[]): Steadiness | undefined {
  const values = series.filter((value): value is number => value !== null && Number.isFinite(value))
  const batches = Array.from({ length: Math.floor(values.length / BATCH_SIZE) }, (_, index) =>
    mean(values.slice(index * BATCH_SIZE, (index + 1) * BATCH_SIZE)),
  )
  if (batches.length < MIN_BATCHES) return undefined
  const half = Math.floor(batches.length / 2)
  let [cut, least] = [0, Infinity]
  for (let at = 0; at <= half; at++) {
    const rest = batches.slice(at)
    const level = mean(rest)
    const error = rest.reduce((sum, value) => sum + (value - level) ** 2, 0) / rest.length ** 2
    if (error < least) [cut, least] = [at, error]
  }
  const quarter = Math.floor(batches.length / 4)
  const [third, last] = [mean(batches.slice(-2 * quarter, -quarter)), mean(batches.slice(-quarter))]
  return { cut, batches: batches.length, never: cut >= half, drift: third === 0 ? 0 : last / third - 1 }
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
