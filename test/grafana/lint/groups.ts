import { AGGREGATIONS, CHOOSING } from './functions.ts'
import { minus, plus, settled, VALUE, type Given, type Tell } from './given.ts'

/** What an aggregation gives. */
export function aggregated(
  name: string,
  given: Given,
  { named, without, tell }: { named: readonly string[]; without: boolean; tell: Tell },
): Given {
  if (!AGGREGATIONS.has(name)) tell(`Prometheus 2.42 has no ${name}`)
  if (given.range) tell(`${name} takes no range`)
  for (const label of named)
    if (given.labels && !given.labels.has(label)) tell(`${name} by ${label}: there is no such label`)
  const labels = without
    ? minus(given.labels, named)
    : CHOOSING.includes(name)
      ? given.labels
      : new Set(named)
  const isHistogram = given.is === 'histograms' || given.is === 'raw native'
  if (isHistogram && name === 'sum') return { is: given.is, labels }
  if (name === 'count' || name === 'group') return { is: 'value', labels }
  if (given.is !== 'buckets') return { ...settled(given, name, tell), labels }
  const keeps = labels === undefined || labels.has('le')
  if (!keeps && (name === 'sum' || name === 'avg'))
    tell(`${name} adds buckets up that hold one another: keep le`)
  return { is: keeps ? 'buckets' : 'value', labels }
}

/** How two sides are brought together. */
export interface Joint {
  /** `+`, `>`, `and` … */
  readonly operator: string
  readonly set?: 'and' | 'or' | 'unless'
  readonly on: readonly string[]
  /** Labels that one side takes from the other. */
  readonly taken: readonly string[]
  /** The right side has many for one of the left. */
  readonly right: boolean
}

/** What two sides give together. */
export function combined(left: Given, right: Given, joint: Joint, tell: Tell): Given {
  for (const label of joint.on)
    for (const [{ labels }, side] of [
      [left, 'left'],
      [right, 'right'],
    ] as const)
      if (labels && !labels.has(label)) tell(`on (${label}): there is no such label on the ${side}`)
  const giving = joint.right ? left : right
  for (const label of joint.taken)
    if (giving.labels && !giving.labels.has(label)) tell(`group (${label}): there is no such label to take`)
  if (joint.set === 'and' || joint.set === 'unless') return left
  if (joint.set === 'or') return { ...left, labels: right.labels && plus(left.labels, right.labels) }
  const [one = VALUE, other = VALUE] = [left, right].map((given) =>
    given.is === 'histograms' && joint.operator === '/' ? given : settled(given, joint.operator, tell),
  )
  const base = joint.right || left.labels?.size === 0 ? other : one
  return { ...base, labels: plus(base.labels, joint.taken) }
}
