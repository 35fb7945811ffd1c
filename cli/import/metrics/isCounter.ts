import type { Series } from './series.ts'

/** Rises that are enough to know a counter by. */
const LEAST_RISES = 4
/** A counter falls where a process starts anew: once in so many rises at most. */
const RISES_PER_FALL = 20

/** Whether series are counters, by the metric's name, or because whole numbers only rise. */
export function isCounter(all: readonly Series[]): boolean {
  if (all.some(({ labels }) => /_(?:total|count)$/.test(labels.__name__ ?? ''))) return true
  if (all.some(({ labels }) => labels.__name__ !== undefined)) return false
  let [rises, falls] = [0, 0]
  for (const { points } of all)
    for (const [index, [, value]] of points.entries()) {
      if (!Number.isInteger(value)) return false
      const before = points[index - 1]?.[1] ?? value
      if (value > before) rises++
      if (value < before) falls++
    }
  return rises >= LEAST_RISES && falls * RISES_PER_FALL <= rises
}
