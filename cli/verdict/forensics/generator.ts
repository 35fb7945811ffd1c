import { cpus } from 'node:os'
import { sum } from '../../../config/sum.ts'
import { cpuSeconds } from '../../base/index.ts'
import { cpuQuota } from '../../k6/index.ts'
import type { Generator } from '../../record/index.ts'

/** One look at the machine that makes the load: since the one before it. */
export interface GeneratorSample {
  /** Unix time in milliseconds. */
  readonly at: number
  /** The share of the machine's CPU that was in use, 0 to 1; of a container's quota where it has one. */
  readonly busy: number
  /** The share of it that k6 used. */
  readonly k6: number
  /** By how many milliseconds this look came late. */
  readonly late?: number
}

/** What was seen of the generator during a run. */
export interface GeneratorWatch {
  readonly samples: readonly GeneratorSample[]
  /** How far the wall clock moved against time that passed, at most, in milliseconds. */
  readonly clockShift: number
}

/** What the system has counted so far; seconds of CPU since some beginning. */
export interface Counters {
  wall: number
  /** Milliseconds that have passed; a monotonic clock. */
  passed: number
  busy: number
  /** All cores together. */
  capacity: number
  /** Undefined where the system does not say (only Linux does). */
  k6: number | undefined
}

/** Samples that are kept: three hours at one a second; then every other one goes. */
const MAX_SAMPLES = 10_800

/**
 * Looks at k6 and its machine once a second until it is told to stop, which gives what was seen; a look costs less
 * than a millisecond, and nothing that cannot be read ends the run.
 */
export function watchGenerator(pids: readonly number[], every = 1000): { stop: () => GeneratorWatch } {
  let samples: GeneratorSample[] = []
  const start = countersOf(pids)
  let [before, shift] = [start, 0]
  const look = (): void => {
    const now = countersOf(pids)
    const moved = shiftOf(start, now)
    if (Math.abs(moved) > Math.abs(shift)) shift = moved
    const sample = sampleOf(before, now)
    if (sample) samples.push({ ...sample, late: Math.max(0, Math.round(now.passed - before.passed - every)) })
    if (samples.length > MAX_SAMPLES) samples = samples.filter((_, index) => index % 2 === 1)
    before = now
  }
  const timer = setInterval(look, every)
  timer.unref()
  return {
    stop() {
      clearInterval(timer)
      const moved = shiftOf(start, countersOf(pids))
      return { samples, clockShift: Math.round(Math.abs(moved) > Math.abs(shift) ? moved : shift) }
    },
  }
}

/** What lies between two looks; undefined where the system does not say what k6 used. */
export function sampleOf(before: Counters, now: Counters): GeneratorSample | undefined {
  const capacity = now.capacity - before.capacity
  if (before.k6 === undefined || now.k6 === undefined || capacity <= 0) return undefined
  const share = (used: number): number => Math.min(1, Math.max(0, used / capacity))
  return { at: now.wall, busy: share(now.busy - before.busy), k6: share(now.k6 - before.k6) }
}

const shiftOf = (before: Counters, now: Counters): number =>
  now.wall - before.wall - (now.passed - before.passed)

function countersOf(pids: readonly number[]): Counters {
  const passed = performance.now()
  const quota = cpuQuota()
  const time = { wall: Date.now(), passed, k6: cpuOf(pids) }
  if (quota) return { ...time, busy: quota.used, capacity: (passed / 1000) * quota.cores }
  const [busy, idle] = cpus().reduce(
    ([used, free], { times }) => [used + times.user + times.nice + times.sys + times.irq, free + times.idle],
    [0, 0],
  )
  return { ...time, busy: busy / 1000, capacity: (busy + idle) / 1000 }
}

/** Seconds of CPU of processes, of which some may have ended; undefined if none is known. */
function cpuOf(pids: readonly number[]): number | undefined {
  const known = pids.map(cpuSeconds).filter((seconds) => seconds !== undefined)
  return known.length > 0 ? sum(known) : undefined
}

/** From this share on, nothing is left of the machine. */
const FULL_SHARE = 0.95

/** What was seen of the generator in some stretches of time (Unix time, milliseconds). */
export function generatorIn(
  samples: readonly GeneratorSample[],
  stretches: readonly { readonly from: number; readonly to: number }[],
): Generator {
  const inside = samples.filter(({ at }) => stretches.some(({ from, to }) => at >= from && at <= to))
  const full = inside.filter(({ busy }) => busy >= FULL_SHARE)
  const mean = (of: (sample: GeneratorSample) => number): number =>
    inside.length === 0 ? 0 : rounded(inside.reduce((all, one) => all + of(one), 0) / inside.length)
  const late = inside.map((one) => one.late ?? 0).sort((a, b) => a - b)
  return {
    looked: inside.length,
    saturated: full.filter(({ busy, k6 }) => k6 > busy / 2).length,
    full: full.length,
    busy: mean(({ busy }) => busy),
    k6: mean(({ k6 }) => k6),
    late: Math.round(late[Math.floor(late.length / 2)] ?? 0),
  }
}

const rounded = (share: number): number => Math.round(share * 1000) / 1000
