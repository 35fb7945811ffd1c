import type { Timeline } from '../record/timeline.ts'
import type { PhaseTimes } from '../run/record.ts'
import type { Weighted } from './weigh.ts'

/** What failures are held against: the run's time, load and data. */
export interface Evidence {
  /** When load began and ended, Unix time in milliseconds. */
  readonly start: number
  readonly end: number
  readonly timeline?: Timeline
  /** How many rows each pool has. */
  readonly pools: readonly { readonly name: string; readonly rows: number }[]
  /** How many VUs each scenario has at most. */
  readonly vus: Readonly<Record<string, number>>
  readonly phases: readonly PhaseTimes[]
}

/** What explains failures: which factor, what of it, how many of them, and how the sentence goes on after its subject. */
export interface Finding {
  readonly factor: 'time' | 'origin' | 'rows' | 'vu' | 'place'
  /** The same for two findings that say the same. */
  readonly key: string
  /** The share of the failures that it explains, 0 to 1. */
  readonly share: number
  readonly says: string
}

/** A factor explains failures from this share on. */
export const MOST = 0.9

/** The chance, under no relation at all, up to which a factor is taken for the reason. */
export const CHANCE = 0.003

/** How much of a run's requests must lie outside for a stretch of failures to have a beginning, or an end. */
export const CLEAN = 0.1

/** How many iterations failures come from: those of one iteration are no independent witnesses. */
export function witnesses(events: readonly Weighted[]): number {
  const seen = new Set(
    events.map(({ vu, scenario, iteration, at }) => JSON.stringify([vu, scenario, iteration ?? at])),
  )
  return seen.size
}

/** ln of "n choose k". */
export function logChoose(n: number, k: number): number {
  let log = 0
  for (let i = 1; i <= Math.min(k, n - k); i++) log += Math.log((n - i + 1) / i)
  return log
}

/** What share of the run's requests was sent up to a time; of the run's time where nobody counted. */
export function exposure({ start, end, timeline }: Evidence): (time: number) => number {
  const counts = timeline?.requests.count.map((count) => count ?? 0) ?? []
  const all = counts.reduce((sum, count) => sum + count, 0)
  if (!timeline || all === 0) return (time) => clamp((time - start) / Math.max(1, end - start))
  return (time) => {
    let before = 0
    timeline.at.forEach((from, index) => {
      const part = clamp((time / 1000 - from) / timeline.window)
      before += part * (counts[index] ?? 0)
    })
    return before / all
  }
}

const clamp = (value: number): number => Math.min(1, Math.max(0, value))

/** A time as elapsed time of the run: `00:02:10`. */
export function elapsed({ start }: Evidence, time: number): string {
  const seconds = Math.max(0, Math.round((time - start) / 1000))
  return [seconds / 3600, (seconds / 60) % 60, seconds % 60]
    .map((part) => String(Math.floor(part)).padStart(2, '0'))
    .join(':')
}
