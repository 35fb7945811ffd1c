import type { PatternLevel } from '../../../config/workload/load.ts'
import { total } from './total.ts'

/** Parts of the time that are told apart. */
const MAX_PARTS = 30
/** Fewer seconds have no tenth. */
const LEAST_SECONDS = 10
/** The part of each time whose seconds are the busiest: a burst. */
const BURST = 0.1

/**
 * The shape of arrivals: the time in at most 30 equal parts, of which each is held at two levels, that of its calm seconds and
 * that of its busiest tenth, so that both its mean and its bursts stay. Levels are multiples of the mean.
 */
export function patternOf(counts: Uint32Array | Float64Array): PatternLevel[] {
  const mean = total(counts) / counts.length
  const parts = Math.max(1, Math.min(MAX_PARTS, Math.floor(counts.length / LEAST_SECONDS)))
  return Array.from({ length: parts }, (_, index) => {
    const from = Math.round((index * counts.length) / parts)
    const seconds = counts.slice(from, Math.round(((index + 1) * counts.length) / parts)).sort()
    const burst = Math.max(1, Math.round(seconds.length * BURST))
    const calm = seconds.length - burst
    const level = (some: Uint32Array | Float64Array): number => rounded(total(some) / some.length / mean)
    const share = (length: number): number => rounded(length / counts.length)
    return [
      ...(calm > 0 ? [{ times: level(seconds.subarray(0, calm)), share: share(calm) }] : []),
      { times: level(seconds.subarray(calm)), share: share(burst) },
    ]
  }).flat()
}

const rounded = (value: number): number => Math.round(value * 10_000) / 10_000
