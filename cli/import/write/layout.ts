import { WIDTH } from '../../project/index.ts'
import type { Node } from './node.ts'

const pad = (depth: number): string => '  '.repeat(depth)

/** A statement at its depth: what is before the expression, and the expression as a project's formatter lays it out. */
export function statement(depth: number, before: string, node: Node): string {
  const start = depth * 2 + before.length
  // A text that is too long has a line of its own.
  if (isText(node) && start + node.text.length > WIDTH)
    return `${pad(depth)}${before.trimEnd()}\n${pad(depth + 1)}${node.text}`
  return pad(depth) + before + laidOut(node, depth, start, 0)
}

const isText = (node: Node): node is Node & { type: 'raw' } => node.type === 'raw' && /^['"]/.test(node.text)

/** `start` is how wide the line is already, `tail` what follows on the last one. */
function laidOut(node: Node, depth: number, start: number, tail: number): string {
  const one = flat(node)
  if (one !== undefined && start + one.length + tail <= WIDTH) return one
  switch (node.type) {
    case 'raw':
      return node.text
    case 'object':
      return braced(
        '{',
        node.fields.map(([key, value]) => fieldText(key, value, depth + 1)),
        '}',
        depth,
      )
    case 'arrow':
      return `() => (${laidOut(node.gives, depth, start + 7, tail + 1)})`
    case 'list':
      return braced(
        '[',
        node.items.map((item) => laidOut(item, depth + 1, depth * 2 + 2, 1)),
        ']',
        depth,
      )
    case 'call': {
      const last = node.given.at(-1)
      const others = node.given.slice(0, -1).map(flat)
      const head = `${node.name}(${others.map((other) => `${other ?? ''}, `).join('')}`
      if (
        last !== undefined &&
        (last.type === 'object' || last.type === 'list') &&
        // After another of its kind it does not begin on the call's line.
        node.given.at(-2)?.type !== last.type &&
        others.every((other) => other !== undefined) &&
        start + head.length + 1 <= WIDTH
      )
        return `${head}${laidOut(last, depth, start + head.length, tail + 1)})`
      const given = node.given.map((one) => laidOut(one, depth + 1, depth * 2 + 2, 1))
      return given.length === 0 ? `${node.name}()` : braced(`${node.name}(`, given, ')', depth)
    }
  }
}

const braced = (open: string, inside: readonly string[], close: string, depth: number): string =>
  `${open}\n${inside.map((text) => `${pad(depth + 1)}${text},\n`).join('')}${pad(depth)}${close}`

function fieldText(key: string, value: Node, depth: number): string {
  if (value.type === 'raw' && isShort(key, value.text)) return key
  const start = depth * 2 + key.length + 2
  if (isText(value) && start + value.text.length + 1 > WIDTH) return `${key}:\n${pad(depth + 1)}${value.text}`
  // So has what a function gives.
  const [, head, body] = value.type === 'raw' ? (/^(\(\w+\) =>) (.*)$/.exec(value.text) ?? []) : []
  if (body !== undefined && start + (head?.length ?? 0) + body.length + 2 > WIDTH)
    return `${key}: ${head ?? ''}\n${pad(depth + 1)}${body}`
  return `${key}: ${laidOut(value, depth, start, 1)}`
}

/** Whether a field's value is the variable of its name: it stands alone. */
const isShort = (key: string, text: string): boolean => key === text && /^[A-Za-z_$]/.test(key)

/** A part on one line; undefined where it has to have several. */
function flat(node: Node): string | undefined {
  switch (node.type) {
    case 'raw':
      return node.text
    case 'object': {
      const fields = node.fields.map(([key, value]) => {
        const text = flat(value)
        return text === undefined ? undefined : isShort(key, text) ? key : `${key}: ${text}`
      })
      if (fields.length === 0) return '{}'
      return fields.includes(undefined) ? undefined : `{ ${fields.join(', ')} }`
    }
    case 'arrow': {
      const gives = flat(node.gives)
      return gives === undefined ? undefined : `() => (${gives})`
    }
    case 'list': {
      if (isMatrix(node.items)) return undefined
      const items = node.items.map(flat)
      return items.includes(undefined) ? undefined : `[${items.join(', ')}]`
    }
    case 'call': {
      const given = node.given.map(flat)
      return given.includes(undefined) ? undefined : `${node.name}(${given.join(', ')})`
    }
  }
}

/** Objects, or lists, of several fields each have a line each. */
const isMatrix = (items: readonly Node[]): boolean =>
  items.length > 1 &&
  (items.every((item) => item.type === 'object' && item.fields.length > 1) ||
    items.every((item) => item.type === 'list' && item.items.length > 1))
