import type { Evidence } from './evidence.ts'

/** Windows on each side of a limit that are needed to see one. */
const MIN_WINDOWS = 3

/**
 * The rate (requests per second) at which failures began, where the rate is what tells their time from the rest: it was
 * rising, hardly any other time had such a rate, and most of the stretch had it. Undefined where it does not.
 */
export function rateAt({ timeline, start, end }: Evidence, from: number, to: number): number | undefined {
  if (!timeline) return undefined
  const windows = timeline.at
    .map((at, index) => ({ at: at * 1000, rate: (timeline.requests.count[index] ?? 0) / timeline.window }))
    // The first and the last window are not full.
    .filter(({ at }) => at >= start && at + timeline.window * 1000 <= end)
  const length = timeline.window * 1000
  const before = windows.filter(({ at }) => at + length <= from)
  const outside = windows.filter(({ at }) => at + length <= from || at >= to)
  const inside = windows.filter(({ at }) => at >= from && at + length <= to)
  if (before.length < MIN_WINDOWS || inside.length === 0) return undefined
  const reached = [...before, ...inside.slice(0, 1)].map(({ rate }) => rate)
  // A rate that rose and then stayed has a line that goes on rising: no rate is named that was not there.
  const limit = Math.min(extrapolated(before.slice(-MIN_WINDOWS * 2), from, length), Math.max(...reached))
  const usual = share(outside, (rate) => rate >= limit * 0.9)
  // What fails may be sent less often: a generator that has no VU left, users who wait.
  const high = share(inside, (rate) => rate >= limit * 0.75)
  const rising = limit > (before[0]?.rate ?? 0) * 1.25
  return rising && usual <= 0.25 && high >= 0.5 ? rounded(limit) : undefined
}

interface Window {
  at: number
  rate: number
}

const share = (windows: readonly Window[], holds: (rate: number) => boolean): number =>
  windows.length === 0 ? 0 : windows.filter(({ rate }) => holds(rate)).length / windows.length

/** The line through the last windows, at a time. */
function extrapolated(windows: readonly Window[], time: number, length: number): number {
  const mean = (of: (window: Window) => number): number =>
    windows.reduce((sum, window) => sum + of(window), 0) / windows.length
  const middle = mean(({ at }) => at + length / 2)
  const level = mean(({ rate }) => rate)
  const spread = mean(({ at }) => (at + length / 2 - middle) ** 2)
  const slope =
    spread === 0 ? 0 : mean(({ at, rate }) => (at + length / 2 - middle) * (rate - level)) / spread
  return level + slope * (time - middle)
}

/** Two digits: windows do not give more. */
function rounded(rate: number): number {
  const unit = 10 ** Math.max(-1, Math.floor(Math.log10(Math.max(rate, 0.1))) - 1)
  return Math.round(Math.round(rate / unit) * unit * 10) / 10
}
