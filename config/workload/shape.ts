import { parseDuration } from '../duration.ts'
import { sum } from '../sum.ts'

/** A ramp of k6: to `target` over `duration`. */
export interface Stage {
  duration: string
  target: number
}

/** The part of a k6 scenario that says how much load it makes, whichever executor it has. */
export interface Shape {
  executor: string
  startTime?: string
  vus?: number
  iterations?: number
  startVUs?: number
  rate?: number
  startRate?: number
  timeUnit?: string
  duration?: string
  maxDuration?: string
  gracefulStop?: string
  gracefulRampDown?: string
  stages?: readonly Stage[]
  preAllocatedVUs?: number
  maxVUs?: number
}

/** The most that a scenario asks for at once, and until when. */
export interface Peak {
  vus: number
  /** Iterations started per second; 0 for a closed model, whose rate the target decides. */
  rate: number
  /** Seconds from the test's start to the scenario's end, graceful stop not counted. */
  seconds: number
}

/** The seconds of a duration; none of what is no duration. */
export const seconds = (text = '0s'): number => (parseDuration(text) ?? 0) / 1000

/** Whether a scenario is of the open model: iterations start at a rate, whatever the target does. */
export const isOpen = (shape: Shape): boolean => shape.executor.endsWith('arrival-rate')

/** The peak of a scenario; one without stages is a single stage of its full duration. */
export const peak = (shape: Shape): Peak => {
  const { duration, maxDuration = '10m', stages = [{ duration: duration ?? maxDuration, target: 0 }] } = shape
  const highest = (start: number): number => Math.max(start, ...stages.map(({ target }) => target))
  const { vus = 1, startVUs = vus, rate = 0, startRate = rate, preAllocatedVUs = 0 } = shape
  const open = isOpen(shape)
  return {
    vus: open ? (shape.maxVUs ?? preAllocatedVUs) : highest(startVUs),
    rate: open ? highest(startRate) / seconds(shape.timeUnit ?? '1s') : 0,
    seconds: sum([{ duration: shape.startTime }, ...stages].map((stage) => seconds(stage.duration))),
  }
}

/** The peaks of several scenarios together: VUs and rates add, the longest decides the time. */
export const totalPeak = (shapes: readonly Shape[]): Peak => {
  const peaks = shapes.map(peak)
  return {
    vus: sum(peaks.map(({ vus }) => vus)),
    rate: sum(peaks.map(({ rate }) => rate)),
    seconds: Math.max(0, ...peaks.map(({ seconds }) => seconds)),
  }
}

/** The shortest of 1 s, 10 s, 1 m, 10 m, 1 h in which all `rates` (per second) are nearly integers, as k6 requires. */
export const timeUnitFor = (rates: readonly number[]): number =>
  [1, 10, 60, 600].find((unit) =>
    rates.every((rate) => Math.abs(rate * unit - Math.round(rate * unit)) <= rate * unit * 0.001),
  ) ?? 3600

/**
 * The VUs that an open workload needs by Little's law, L = λ × W: iterations per second × seconds each.
 * A fifth more, and never less than one, since iterations vary.
 */
export const littlesLaw = (ratePerSecond: number, iterationSeconds: number): number =>
  Math.max(1, Math.ceil(ratePerSecond * iterationSeconds * 1.2))

/**
 * The same scenario at `factor` times the load: an arrival rate by a shorter or longer time unit, which is exact,
 * VUs rounded up.
 */
export const scaleShape = <S extends Shape>(shape: S, factor: number): S => {
  if (factor === 1) return shape
  const up = (value: number): number => value && Math.max(1, Math.ceil(value * factor - 1e-9))
  const scaled: Shape = { ...shape }
  for (const key of ['vus', 'startVUs', 'preAllocatedVUs', 'maxVUs'] as const)
    if (shape[key] !== undefined) scaled[key] = up(shape[key])
  if (isOpen(shape)) scaled.timeUnit = `${(seconds(shape.timeUnit ?? '1s') * 1000) / factor}ms`
  else if (shape.stages) scaled.stages = shape.stages.map((stage) => ({ ...stage, target: up(stage.target) }))
  return scaled as S
}
