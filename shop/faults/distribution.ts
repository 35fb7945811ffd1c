import { exponential, gaussian, type Random } from '../random.ts'

/** How long something takes; one draw in ms, never negative. */
export type Delays = (random: Random) => number

interface Shape {
  readonly syntax: string
  readonly arity: number
  readonly problem?: (a: number, b: number) => string | undefined
  readonly make: (a: number, b: number) => Delays
}

/** The longest delay that a fault may name, in ms. */
export const LONGEST_MS = 600_000

/** The shapes of a delay by name; lognormal's second number is the deviation of the logarithm. */
export const SHAPES: Readonly<Record<string, Shape>> = {
  uniform: {
    syntax: 'uniform(MIN,MAX)',
    arity: 2,
    problem: (min, max) => (min > max ? `its minimum ${min} is over its maximum ${max}` : undefined),
    make: (min, max) => (random) => min + (max - min) * random(),
  },
  normal: {
    syntax: 'normal(MEAN,DEVIATION)',
    arity: 2,
    make: (mean, deviation) => (random) => Math.max(0, mean + deviation * gaussian(random)),
  },
  lognormal: {
    syntax: 'lognormal(MEDIAN,SIGMA)',
    arity: 2,
    problem: (_, sigma) => (sigma > 5 ? `its sigma ${sigma} is over 5` : undefined),
    make: (median, sigma) => (random) => Math.min(LONGEST_MS, median * Math.exp(sigma * gaussian(random))),
  },
  exponential: {
    syntax: 'exponential(MEAN)',
    arity: 1,
    make: (mean) => (random) => mean * exponential(random),
  },
}

/** Reads `80` or `normal(80,20)`, in ms; throws an Error with a clause that says what is wrong. */
export function parseDistribution(text: string): Delays {
  const allowed = `MS or ${Object.values(SHAPES)
    .map((shape) => shape.syntax)
    .join(', ')}, in ms up to ${LONGEST_MS}`
  const call = /^([a-z]+)\((.*)\)$/.exec(text)
  const numbers = (call?.[2] ?? text).split(',').map((each) => each.trim())
  const [a = 0, b = 0] = numbers.map(Number)
  const numeric = numbers.every((each) => /^\d+(\.\d+)?$/.test(each) && Number(each) <= LONGEST_MS)
  const shape =
    call === null ? undefined : Object.hasOwn(SHAPES, call[1] ?? '') ? SHAPES[call[1] ?? ''] : null
  if (shape === null || !numeric || numbers.length !== (shape?.arity ?? 1))
    throw new Error(`the delay "${text}" is not ${allowed}`)
  if (shape === undefined) return () => a
  const problem = shape.problem?.(a, b)
  if (problem !== undefined) throw new Error(`the delay "${text}" cannot be: ${problem}`)
  return shape.make(a, b)
}
