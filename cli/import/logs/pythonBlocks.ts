/** A class or a function of a locustfile, with its own lines. */
export interface Block {
  /** Its name. */
  name: string
  isClass: boolean
  indent: number
  /** The weight that a decorator says: of a task. */
  weight: number | undefined
  lines: string[]
  /** The number of each line in the file. */
  numbers: number[]
  /** The class that it stands in. */
  owner: Block | undefined
}

/** `@task`, `@task(3)`, `@task(weight=3)`, whatever comment follows. */
const TASK = /^\s*@(?:locust\.)?task(?:\(\s*(?:weight\s*=\s*)?(\d+)?\s*\))?\s*(?:#.*)?$/
const BEGINS = /^\s*(?:async\s+)?(def|class)\s+(\w+)/

/** Classes and functions with their lines, each in the class that it stands in. */
export function blocksIn(text: string): Block[] {
  const blocks: Block[] = []
  let current: Block | undefined
  let depth = 0
  let weight: number | undefined
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '' || line.trim().startsWith('#')) continue
    const indent = line.search(/\S/)
    const task = TASK.exec(line)
    const [, kind, name = ''] = BEGINS.exec(line) ?? []
    if (task) weight = Number(task[1] ?? 1)
    if (kind !== undefined) {
      const owner = blocks.findLast((one) => one.indent < indent && one.isClass)
      const isClass = kind === 'class'
      blocks.push({ name, isClass, indent, weight, lines: [line.trim()], numbers: [index + 1], owner })
      weight = undefined
    } else if (!task) {
      // A line in an open bracket goes on with the statement before it.
      current = depth > 0 ? current : blocks.findLast((one) => one.indent < indent)
      current?.lines.push(line.trim())
      current?.numbers.push(index + 1)
    }
    depth =
      task || kind !== undefined ? 0 : Math.max(0, depth + count(line, /[([{]/g) - count(line, /[)\]}]/g))
  }
  return blocks
}

const count = (line: string, what: RegExp): number => line.match(what)?.length ?? 0

/** The line of a file where a place of a block's text is. */
export const placeIn = ({ lines, numbers }: Block, at = 0): string =>
  `line ${numbers[lines.join('\n').slice(0, at).split('\n').length - 1] ?? numbers[0] ?? 1}`
