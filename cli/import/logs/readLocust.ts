import { sum } from '../../../config/sum.ts'

/** A request of a locustfile, with the weight of the tasks that send it. */
export interface LocustRequest {
  method: string
  /** Its name: the path with `:id` for what the script puts in. */
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
  /** What no rule could read, by its line. */
  unread: { place: string; text: string }[]
}

interface Block {
  /** A class's or a function's name. */
  name: string
  indent: number
  /** The weight that it says: of a task, of a class. */
  weight: number | undefined
  lines: string[]
  /** The number of each line in the file. */
  numbers: number[]
  owner: Block | undefined
}

/** Whether a text is a locustfile. */
export const isLocust = (text: string): boolean => /^\s*(?:from\s+locust\b|import\s+locust\b)/m.test(text)

/** Reads tasks, their weights and requests, and the wait between tasks. */
export function readLocust(text: string): Locust {
  const lists = listsIn(text)
  const blocks = blocksIn(text)
  const classes = blocks.filter(({ lines }) => lines[0]?.startsWith('class ') === true)
  const tasks = blocks.flatMap((block) => {
    const weight = block.weight ?? weightIn(classes, block.name)
    return weight === undefined || !block.lines[0]?.includes('def ') ? [] : [{ block, weight }]
  })
  const requests = new Map<string, LocustRequest>()
  let sent = 0
  for (const { block, weight } of tasks) {
    const whole = weight * classWeight(block.owner)
    for (const one of requestsIn(block.lines.join('\n'), lists)) {
      sent += whole
      const key = `${one.method} ${one.template}`
      const known = requests.get(key)
      requests.set(key, {
        ...one,
        weight: whole + (known?.weight ?? 0),
        paths: [...new Set([...(known?.paths ?? []), ...one.paths])],
      })
    }
  }
  const all = sum(tasks.map(({ block, weight }) => weight * classWeight(block.owner)))
  return {
    requests: [...requests.values()].sort(
      (a, b) => b.weight - a.weight || (a.template < b.template ? -1 : 1),
    ),
    wait: waitIn(text),
    perTask: all > 0 ? sent / all : 0,
    unread: unreadIn(blocks, new Set(tasks.map(({ block }) => block))),
  }
}

/** Classes and functions with their lines, each in the class that it stands in. */
function blocksIn(text: string): Block[] {
  const blocks: Block[] = []
  let current: Block | undefined
  let depth = 0
  let weight: number | undefined
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '' || line.trim().startsWith('#')) continue
    const indent = line.search(/\S/)
    const task = /^\s*@task(?:\((\d+)\))?\s*$/.exec(line)
    const begins = /^\s*(?:async\s+)?(?:def|class)\s+(\w+)/.exec(line)
    if (task) weight = Number(task[1] ?? 1)
    if (begins) {
      const owner = blocks.findLast(
        (one) => one.indent < indent && one.lines[0]?.startsWith('class ') === true,
      )
      blocks.push({
        name: begins[1] ?? '',
        indent,
        weight,
        lines: [line.trim()],
        numbers: [index + 1],
        owner,
      })
      weight = undefined
    } else if (!task) {
      // A line in an open bracket goes on with the statement before it.
      current = depth > 0 ? current : blocks.findLast((one) => one.indent < indent)
      current?.lines.push(line.trim())
      current?.numbers.push(index + 1)
    }
    depth = task || begins ? 0 : Math.max(0, depth + count(line, /[([{]/g) - count(line, /[)\]}]/g))
  }
  return blocks
}

const count = (line: string, what: RegExp): number => line.match(what)?.length ?? 0

/** The weight that some class's `tasks = { name: 2 }` or `tasks = [name]` gives a function. */
function weightIn(classes: readonly Block[], name: string): number | undefined {
  const text = classes.flatMap(({ lines }) => lines).join(' ')
  const tasks = /\btasks\s*=\s*([{[][^}\]]*[}\]])/.exec(text)?.[1]
  if (tasks === undefined) return undefined
  const weight = new RegExp(`\\b${name}\\s*:\\s*(\\d+)`).exec(tasks)?.[1]
  if (weight !== undefined) return Number(weight)
  const times = tasks.startsWith('[') ? tasks.split(/\W+/).filter((word) => word === name).length : 0
  return times > 0 ? times : undefined
}

const classWeight = (owner: Block | undefined): number =>
  Number(/(?:^|\n)weight\s*=\s*(\d+)/.exec(owner?.lines.join('\n') ?? '')?.[1] ?? 1)

/** Lists of texts at the file's top level, by name. */
function listsIn(text: string): ReadonlyMap<string, readonly string[]> {
  return new Map(
    Array.from(text.matchAll(/^(\w+)\s*=\s*\[([^\]]*)\]/gm), ([, name = '', items = '']) => [
      name,
      Array.from(items.matchAll(/["']([\w.~-]{1,100})["']/g), ([, item = '']) => item),
    ]),
  )
}

/** Any request of the client, and one whose address begins with a text: what follows it makes an address of that. */
const ANY = /\.client\.(?:get|post|put|patch|delete|head|options|request)\(/g
const REQUEST =
  /\.client\.(?:request\(\s*["'](\w+)["']\s*,|(get|post|put|patch|delete|head|options)\()\s*(?:url\s*=\s*)?(f?)(["'])((?:(?!\4).)*)\4\s*(?:(\+|%|\.format\()\s*\(?\s*(?:random\.choice\((\w+)\)\s*\)?\s*(?=[,)]))?)?/g
/** What a text has in place of a value: `{id}`, `%s`, `%(id)s`. */
const HOLES = { f: /\{[^}]*\}/g, '.format(': /\{[^}]*\}/g, '%': /%(?:\(\w+\))?[\d.]*[sdif]/g } as const
const HOLE = '\u0000'

function requestsIn(
  text: string,
  lists: ReadonlyMap<string, readonly string[]>,
): Omit<LocustRequest, 'weight'>[] {
  return Array.from(text.matchAll(REQUEST), ([, named, called, formatted, , path = '', by, list = '']) => {
    const chosen = by === undefined ? /^[^{}]*\{random\.choice\((\w+)\)\}[^{}]*$/.exec(path)?.[1] : list
    const values = lists.get(chosen ?? '') ?? []
    const holes = formatted === 'f' ? HOLES.f : by === '%' || by === '.format(' ? HOLES[by] : undefined
    const filled = holes === undefined ? path : path.replace(holes, HOLE)
    const whole = by === '+' ? `${filled}${HOLE}` : filled
    const isOpen = whole.includes(HOLE)
    const [bare = ''] = whole.replaceAll(HOLE, ':id').split('?')
    return {
      method: (named ?? called ?? '').toUpperCase(),
      template: bare.startsWith('/') ? bare : `/${bare}`,
      paths: isOpen
        ? whole.split(HOLE).length === 2
          ? values.map((value) => whole.replace(HOLE, value))
          : []
        : [whole],
    }
  })
}

/** Requests that are of no task or have an address that only Python knows, and task sets in others. */
function unreadIn(blocks: readonly Block[], tasks: ReadonlySet<Block>): Locust['unread'] {
  return blocks.flatMap((block) => {
    const text = block.lines.join('\n')
    const place = (at: number): string =>
      `line ${block.numbers[text.slice(0, at).split('\n').length - 1] ?? block.numbers[0] ?? 1}`
    if (block.lines[0]?.startsWith('class ') === true)
      return block.weight !== undefined || (block.owner !== undefined && /\(.*TaskS(?:et|equence)/.test(text))
        ? [
            {
              place: place(0),
              text: `${block.name} is a set of tasks in another: they count by their own weights alone`,
            },
          ]
        : []
    const read = new Set(Array.from(text.matchAll(REQUEST), ({ index }) => index))
    return Array.from(text.matchAll(ANY), ({ index }) => index).flatMap((at) =>
      !tasks.has(block)
        ? [{ place: place(at), text: `${block.name}() is no task: its request is left out` }]
        : read.has(at)
          ? []
          : [{ place: place(at), text: 'the address of its request is made by Python' }],
    )
  })
}

function waitIn(text: string): Locust['wait'] {
  const between = /\bwait_time\s*=\s*between\(\s*([\d.]+)\s*,\s*([\d.]+)\s*\)/.exec(text)
  if (between) return [Number(between[1]), Number(between[2])]
  const constant = /\bwait_time\s*=\s*constant(?:_pacing)?\(\s*([\d.]+)\s*\)/.exec(text)?.[1]
  return constant === undefined ? undefined : [Number(constant), Number(constant)]
}
