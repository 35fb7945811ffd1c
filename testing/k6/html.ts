import { createRequire } from 'node:module'
import type { Cheerio, CheerioAPI } from 'cheerio'
import type { Core } from '../core.ts'

// Loaded when it is used: few scripts read HTML, and it takes a while.
const require = createRequire(import.meta.url)

type Nodes = Cheerio<never>
type Argument = unknown

/** Methods that lead from a selection to another one. */
const MOVES = (
  'children closest contents eq filter find first has last next nextAll nextUntil not parent parents parentsUntil prev ' +
  'prevAll prevUntil slice'
).split(' ')

/** Parses HTML as `k6/html` does: a selection of the document, whose methods are those of k6's `Selection`. */
export function parseHtml(core: Core, text: string): object {
  const { load } = require('cheerio/lib/slim') as { load: (text: string) => CheerioAPI }
  const $ = load(text)
  return selectionOf(core, $, $.root() as unknown as Nodes)
}

/** The nodes behind the selections that were made. */
const known = new WeakMap<object, Nodes>()

function selectionOf(core: Core, $: CheerioAPI, nodes: Nodes): object {
  const wrap = (found: unknown): object => selectionOf(core, $, found as Nodes)
  const plain = (argument: Argument): Argument => {
    if (typeof argument === 'function')
      return (index: number, node: never) => (argument as Tester)(index, wrap($(node)))
    return known.get(Object(argument) as object) ?? argument
  }
  const methods = nodes as unknown as Record<string, (...args: Argument[]) => unknown>
  const each = (): object[] => nodes.toArray().map((node) => wrap($(node)))
  const list = (items: unknown[]): unknown[] => core.realm.Array.from(items)
  const selection: Record<string, unknown> = {
    attr: (name: string, otherwise?: string) => nodes.attr(name) ?? otherwise,
    data: (key?: string) => (key === undefined ? nodes.data() : nodes.data(key)),
    each: (handler: Tester) => {
      for (const [index, one] of each().entries()) handler(index, one)
      return selection
    },
    get: (index: number) => each()[index],
    html: () => nodes.html() ?? '',
    is: (by: Argument) => methods.is?.(plain(by)),
    map: (mapper: Tester) => list(each().map((one, index) => mapper(index, one))),
    serialize: () => nodes.serialize(),
    serializeArray: () => list(nodes.serializeArray()),
    serializeObject: () => Object.fromEntries(nodes.serializeArray().map(({ name, value }) => [name, value])),
    size: () => nodes.length,
    text: () => nodes.text(),
    toArray: () => list(each()),
    val: () => valueOf($, nodes),
    // An element's own names for the same.
    getAttribute: (name: string) => nodes.attr(name),
    innerHTML: () => nodes.html() ?? '',
    nodeName: () => (nodes.prop('tagName') as string | undefined)?.toLowerCase() ?? '',
    textContent: () => nodes.text(),
  }
  for (const name of MOVES) selection[name] = (...by: Argument[]) => wrap(methods[name]?.(...by.map(plain)))
  known.set(selection, nodes)
  return selection
}

type Tester = (index: number, one: object) => unknown

/** The value of a field, as k6 gives it: of a select that of its chosen option, of an option without one its text. */
function valueOf($: CheerioAPI, nodes: Nodes): string | undefined {
  const value: string | string[] | undefined = nodes.val()
  if (Array.isArray(value)) return value[0]
  return value ?? ($(nodes).is('option') ? nodes.text() : undefined)
}
