import { betweenRanks, rankBounds, type Histogram } from '../../prometheus/index.ts'

/** A quantile of the whole, and between what it lies for certain; in k6's unit. */
export interface WholeQuantile {
  value: number
  from: number
  to: number
}

/** What one k6 said of its own part: the value of the same quantile, and of how many samples. */
interface Part {
  value: unknown
  count: unknown
}

/**
 * The quantile of several k6 together: interpolated in its bucket of the merged histogram, as Prometheus does, but never
 * under the least of their own quantiles nor over the greatest: that of the whole lies between them. k6 computes those of
 * every value, so for instances that are alike this is far closer than a bucket. A part of so few samples that its
 * quantile is about its maximum bounds nothing. `scale` makes k6's unit of the histogram's.
 */
export function wholeQuantile(
  histogram: Histogram,
  q: number,
  { scale, parts }: { scale: number; parts: readonly Part[] },
): WholeQuantile {
  const [low, high] = rankBounds(histogram, q)
  let [from, to] = [low * scale, high * scale]
  const interpolated = (betweenRanks(histogram, q) ?? 0) * scale
  const sampled = parts.filter(({ count }) => count !== 0)
  const own = sampled.flatMap(({ value, count }) =>
    typeof value === 'number' && typeof count === 'number' && isBroad(count, q) ? [value] : [],
  )
  if (own.length === sampled.length && own.length > 0) {
    const [first, last] = [Math.min(...own), Math.max(...own)]
    const [least, greatest] = q === 0 ? [first, first] : q === 1 ? [last, last] : [first, last]
    // Where a record lacks what k6 counted they need not meet, and the record says so elsewhere.
    if (least <= to && greatest >= from) [from, to] = [Math.max(from, least), Math.min(to, greatest)]
  }
  return { value: Math.min(to, Math.max(from, interpolated)), from, to }
}

/** Whether of so many one lies above the quantile, and one below; the ends of all are always told. */
const isBroad = (count: number, q: number): boolean => q === 0 || q === 1 || count * Math.min(q, 1 - q) >= 1
