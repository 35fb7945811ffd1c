import { formatDuration, parseDuration } from './duration.ts'

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
  stages?: readonly Stage[]
  preAllocatedVUs?: number
  maxVUs?: number
}

/** The most that a scenario asks for: VUs, iterations per second, iterations in all, seconds from the test's start. */
export interface Peak {
  vus: number
  /** Iterations started per second; 0 for a closed model, whose rate the target decides. */
  rate: number
  /** Iterations started in all; undefined where the target decides. */
  iterations?: number
  /** Seconds from the test's start to the scenario's end, graceful stop not counted. */
  seconds: number
}

const seconds = (text: string | undefined, otherwise: string): number =>
  (parseDuration(text ?? otherwise) ?? 0) / 1000

/** Whether a scenario is of the open model: iterations start at a rate, whatever the target does. */
export function isOpen(shape: Shape): boolean {
  return shape.executor.endsWith('arrival-rate')
}

/** What a scenario asks for at most. */
export function peak(shape: Shape): Peak {
  const start = seconds(shape.startTime, '0s')
  const stages = shape.stages ?? []
  const staged = stages.reduce((sum, { duration }) => sum + seconds(duration, '0s'), 0)
  const lasts = stages.length > 0 ? staged : seconds(shape.duration ?? shape.maxDuration, '10m')
  const end = start + lasts
  if (isOpen(shape)) {
    const unit = seconds(shape.timeUnit, '1s')
    const first = shape.rate ?? shape.startRate ?? 0
    let level = first
    let iterations = stages.length === 0 ? first * lasts : 0
    for (const { duration, target } of stages) {
      iterations += ((level + target) / 2) * seconds(duration, '0s')
      level = target
    }
    return {
      vus: Math.max(shape.maxVUs ?? 0, shape.preAllocatedVUs ?? 0),
      rate: Math.max(first, ...stages.map(({ target }) => target)) / unit,
      iterations: Math.round(iterations / unit),
      seconds: end,
    }
  }
  const vus = Math.max(shape.vus ?? shape.startVUs ?? 1, ...stages.map(({ target }) => target))
  if (shape.executor === 'shared-iterations')
    return { vus, rate: 0, iterations: shape.iterations ?? 1, seconds: end }
  if (shape.executor === 'per-vu-iterations')
    return { vus, rate: 0, iterations: vus * (shape.iterations ?? 1), seconds: end }
  return { vus, rate: 0, seconds: end }
}

/** The peaks of several scenarios together: VUs and rates add, the longest decides the time. */
export function totalPeak(shapes: readonly Shape[]): Peak {
  const peaks = shapes.map(peak)
  const counted = peaks.every(({ iterations }) => iterations !== undefined)
  return {
    vus: peaks.reduce((sum, { vus }) => sum + vus, 0),
    rate: peaks.reduce((sum, { rate }) => sum + rate, 0),
    ...(counted ? { iterations: peaks.reduce((sum, { iterations = 0 }) => sum + iterations, 0) } : {}),
    seconds: Math.max(0, ...peaks.map(({ seconds }) => seconds)),
  }
}

/** The shortest of 1 s, 10 s, 1 m, 10 m, 1 h in which all `rates` (per second) are whole, or nearly; k6 takes no fractions. */
export function timeUnitFor(rates: readonly number[]): number {
  const units = [1, 10, 60, 600, 3600]
  return (
    units.find((unit) =>
      rates.every((rate) => Math.abs(rate * unit - Math.round(rate * unit)) <= rate * unit * 0.001),
    ) ?? 3600
  )
}

/**
 * The VUs that an open workload needs by Little's law, L = λ × W: iterations per second × seconds each.
 * A fifth more, and never less than one, since iterations vary.
 */
export function littlesLaw(ratePerSecond: number, iterationSeconds: number): number {
  return Math.max(1, Math.ceil(ratePerSecond * iterationSeconds * 1.2))
}

/** The same scenario at `factor` times the load; VUs are rounded up, an arrival rate is kept exact by its time unit. */
export function rescale<S extends Shape>(shape: S, factor: number): S {
  const up = (value: number | undefined): number | undefined =>
    value === undefined ? undefined : value === 0 ? 0 : Math.max(1, Math.ceil(value * factor - 1e-9))
  const scaled: Shape = { ...shape }
  const put = <K extends keyof Shape>(key: K, value: Shape[K]): void => {
    if (shape[key] !== undefined && value !== undefined) scaled[key] = value
  }
  if (isOpen(shape)) {
    const unit = seconds(shape.timeUnit, '1s')
    const rates = [shape.rate, shape.startRate, ...(shape.stages ?? []).map(({ target }) => target)]
    const perSecond = rates.filter((rate) => rate !== undefined).map((rate) => (rate * factor) / unit)
    const newUnit = timeUnitFor(perSecond)
    const convert = (rate: number): number => Math.round(((rate * factor) / unit) * newUnit)
    scaled.timeUnit = formatDuration(newUnit * 1000)
    if (shape.rate !== undefined) scaled.rate = Math.max(1, convert(shape.rate))
    if (shape.startRate !== undefined) scaled.startRate = convert(shape.startRate)
    if (shape.stages)
      scaled.stages = shape.stages.map((stage) => ({ ...stage, target: convert(stage.target) }))
    put('preAllocatedVUs', up(shape.preAllocatedVUs))
    put('maxVUs', up(shape.maxVUs))
  } else {
    put('vus', up(shape.vus))
    put('startVUs', up(shape.startVUs))
    if (shape.stages)
      scaled.stages = shape.stages.map((stage) => ({ ...stage, target: up(stage.target) ?? 0 }))
  }
  return scaled as S
}
