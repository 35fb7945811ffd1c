import { sum } from '../../../config/sum.ts'
import { callPlaces, callsIn, type LocustCall } from './locustCalls.ts'
import { tasksIn } from './locustTasks.ts'
import { blocksIn, placeIn, type Block } from './pythonBlocks.ts'

/** A request of a locustfile, with the weight of the tasks that send it. */
export interface LocustRequest {
  method: string
  /** Its name: as its author gave it, or the path with `:id` for what the script puts in. */
  name: string
  template: string
  weight: number
  /** The addresses that it may have; empty where only Python knows them. */
  paths: readonly string[]
}

/** What a locustfile says by simple rules. */
export interface Locust {
  requests: LocustRequest[]
  /** Seconds that a user waits between tasks, from and to; undefined where the file does not say. */
  wait: readonly [least: number, most: number] | undefined
  /** Requests of a task, on average. */
  perTask: number
  /** What it was written for: the host that its users have. */
  host: string | undefined
  /** What no rule could read, by its line. */
  unread: { place: string; text: string }[]
}

/** Whether a text is a locustfile. */
export const isLocust = (text: string): boolean => /^\s*(?:from\s+locust\b|import\s+locust\b)/m.test(text)

/** Reads tasks, their weights and requests, and the wait between tasks. */
export function readLocust(text: string): Locust {
  const lists = listsIn(text)
  const blocks = blocksIn(text)
  const tasks = tasksIn(blocks)
  const calls = new Map(blocks.map((block) => [block, callsIn(block.lines.join('\n'), lists)]))
  const requests = new Map<string, LocustRequest>()
  let sent = 0
  for (const { block, weight } of tasks)
    for (const { method, template, name = template, paths } of calls.get(block) ?? []) {
      sent += weight
      const key = `${method} ${name}`
      const known = requests.get(key)
      requests.set(key, {
        method,
        name,
        template: known?.template ?? template,
        weight: weight + (known?.weight ?? 0),
        paths: [...new Set([...(known?.paths ?? []), ...paths])],
      })
    }
  const all = sum(tasks.map(({ weight }) => weight))
  return {
    requests: [...requests.values()].sort((a, b) => b.weight - a.weight || (a.name < b.name ? -1 : 1)),
    wait: waitIn(text),
    perTask: all > 0 ? sent / all : 0,
    host: /^\s+host\s*=\s*["'](https?:\/\/[^"'\s@]+)["']/m.exec(text)?.[1],
    unread: [...unreadIn(calls, new Set(tasks.map(({ block }) => block))), ...unreadWaits(text)].toSorted(
      (a, b) => lineOf(a) - lineOf(b),
    ),
  }
}

const lineOf = ({ place }: { place: string }): number => Number(/\d+/.exec(place)?.[0])

/** Lists of texts at the file's top level, by name. */
function listsIn(text: string): ReadonlyMap<string, readonly string[]> {
  return new Map(
    Array.from(text.matchAll(/^(\w+)\s*=\s*\[([^\]]*)\]/gm), ([, name = '', items = '']) => [
      name,
      Array.from(items.matchAll(/["']([\w.~-]{1,100})["']/g), ([, item = '']) => item),
    ]),
  )
}

/** Requests that are of no task or have an address that only Python knows, what they are sent with, and task sets in others. */
function unreadIn(
  callsOf: ReadonlyMap<Block, readonly LocustCall[]>,
  tasks: ReadonlySet<Block>,
): Locust['unread'] {
  return [...callsOf].flatMap(([block, calls]) => {
    const text = block.lines.join('\n')
    const told = (what: string, at = 0): Locust['unread'][number] => ({
      place: placeIn(block, at),
      text: what,
    })
    if (block.isClass) return ofClass(block, text).map((what) => told(what))
    const unread = callPlaces(text).flatMap((at) => {
      const call = calls.find((one) => one.at === at)
      if (!tasks.has(block)) return [told(`${block.name}() is no task: its request is left out`, at)]
      if (call === undefined) return [told('the address of its request is made by Python', at)]
      return /^(?:GET|HEAD)$/.test(call.method) && call.lost.length > 0
        ? [told(`its request is sent without ${call.lost.join(', ')}`, at)]
        : []
    })
    const own = Array.from(text.matchAll(/\.client\.(headers|auth|cookies)\b/g), ({ index, 1: what }) =>
      told(`${what} of its client are not kept`, index),
    )
    return [...unread, ...own]
  })
}

function ofClass({ name, weight, owner }: Block, text: string): string[] {
  const told: string[] = []
  if (weight !== undefined || (owner !== undefined && /\(.*TaskS(?:et|equence)/.test(text)))
    told.push(`${name} is a set of tasks in another: they count by their own weights alone`)
  if (/^class .*\(.*SequentialTaskSet/.test(text))
    told.push(`${name} does its tasks in their order: here they are single requests, as often, in any order`)
  if (/(?:^|\n)fixed_count\s*=/.test(text))
    told.push(`${name} has a fixed count of users: it counts by its weight`)
  return told
}

const WAITS = /\bwait_time\s*=\s*(?:locust\.)?(\w+)\(\s*([\d.]+)\s*(?:,\s*([\d.]+)\s*)?\)/

/** How long users wait, as the first class says that does. */
function waitIn(text: string): Locust['wait'] {
  const [, how, first, second] = WAITS.exec(text) ?? []
  const one = Number(first)
  if (how === 'between' && second !== undefined) return [one, Number(second)]
  if (how === 'constant_throughput' && one > 0) return [1 / one, 1 / one]
  return how === 'constant' || how === 'constant_pacing' ? [one, one] : undefined
}

/** Waits that are not read: those of Python's own, and others than the first. */
function unreadWaits(text: string): Locust['unread'] {
  const first = WAITS.exec(text)?.[0]
  return text.split(/\r?\n/).flatMap((line, index) => {
    if (!/^\s*(?:def\s+)?wait_time\b/.test(line)) return []
    const own = WAITS.exec(line)?.[0]
    if (own !== undefined && own === first) return []
    const why =
      own === undefined || first === undefined
        ? 'Python makes this wait'
        : 'the first wait is taken for all users'
    return [{ place: `line ${index + 1}`, text: `${why}: ${line.trim().slice(0, 60)}` }]
  })
}
