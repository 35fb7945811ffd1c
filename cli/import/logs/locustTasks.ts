import { sum } from '../../../config/sum.ts'
import type { Block } from './pythonBlocks.ts'

/** A task with how often it is done among all. */
export interface LocustTask {
  block: Block
  weight: number
}

/** Larger numbers than these say no more. */
const MOST = 1_000_000

/**
 * The tasks of all classes: those of one class share what its users do by their weights, and classes share the users by
 * theirs. Weights are the smallest integers with these shares.
 */
export function tasksIn(blocks: readonly Block[]): LocustTask[] {
  const classes = blocks.filter(({ isClass }) => isClass)
  const functions = blocks.filter(({ isClass }) => !isClass)
  const groups = classes.flatMap((own) => {
    const listed = listIn(own)
    const tasks = functions.flatMap((block): LocustTask[] => {
      const weight = listed.get(block.name) ?? (block.owner === own ? block.weight : undefined)
      return weight === undefined || weight === 0 ? [] : [{ block, weight }]
    })
    const users = usersOf(own, classes)
    return tasks.length === 0 || users === 0
      ? []
      : [{ tasks, users, sum: sum(tasks.map(({ weight }) => weight)) }]
  })
  const whole = groups.reduce((all, group) => Math.min(MOST, multiple(all, group.sum)), 1)
  const all = groups.flatMap((group) =>
    group.tasks.map(({ block, weight }) => ({
      block,
      weight: Math.max(1, Math.round((group.users * weight * whole) / group.sum)),
    })),
  )
  const common = all.reduce((one, { weight }) => divisor(one, weight), 0)
  return all.map(({ block, weight }) => ({ block, weight: weight / Math.max(1, common) }))
}

/** How many users do what a class says: by its own weight, or by those of the classes that list it. */
function usersOf(own: Block, classes: readonly Block[], seen: readonly Block[] = []): number {
  const above = classes.flatMap((other) => {
    const weight = other === own || seen.includes(other) ? undefined : listIn(other).get(own.name)
    return weight === undefined ? [] : [weight * usersOf(other, classes, [...seen, own])]
  })
  const weight = Number(/(?:^|\n)weight\s*=\s*(\d+)/.exec(own.lines.join('\n'))?.[1] ?? 1)
  return weight * (above.length > 0 ? sum(above) : 1)
}

/** What `tasks = { name: 2 }` or `tasks = [name]` of a class lists, with weights. */
function listIn({ lines }: Block): ReadonlyMap<string, number> {
  const [, list = ''] = /(?:^|\n)tasks\s*(?::[^=\n]*)?=\s*([{[][^}\]]*[}\]])/.exec(lines.join('\n')) ?? []
  const weights = new Map<string, number>()
  for (const [, name = '', weight] of list
    .replace(/#.*$/gm, '')
    .matchAll(/(\b[A-Za-z_][\w.]*)\s*(?::\s*(\d+))?/g)) {
    const own = name.replace(/^.*\./, '')
    weights.set(own, (weights.get(own) ?? 0) + Number(weight ?? 1))
  }
  return weights
}

const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b))
const multiple = (a: number, b: number): number => (a / divisor(a, b)) * b
