import { truncate, printable } from '../base/index.ts'

/** A piece of a page as data: text, or an element with its children. Rendered on Node, or built in the browser. */
export type Tree = string | Branch

/** An element of a page. */
export interface Branch {
  readonly tag: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly Tree[]
}

/** What an element may be given as children: gaps are left out. */
export type Content = Tree | false | undefined | readonly Content[]

/** Characters of one text at most: a page stays readable whatever a target answers. */
const MAX_CHARACTERS = 2000

const EMPTY = ['br', 'col', 'img', 'meta', 'link']

/** A picture's own data, of whatever length: nothing in it can end an attribute. */
const DATA = /^data:image\/png;base64,[A-Za-z0-9+/=]*$/

/** Makes an element; attributes that are undefined are left out. */
export function h(
  tag: string,
  attributes: Readonly<Record<string, string | number | undefined>> = {},
  ...children: readonly Content[]
): Branch {
  const given = Object.entries(attributes).filter(([, value]) => value !== undefined)
  return {
    tag,
    attributes: Object.fromEntries(given.map(([name, value]) => [name, String(value)])),
    children: flat(children),
  }
}

function flat(content: readonly Content[]): Tree[] {
  return content.flatMap((one) => {
    if (one === undefined || one === false) return []
    if (typeof one === 'string' || 'tag' in one) return [one]
    return flat(one)
  })
}

/** A text as it may stand on a page: bounded, its lines kept, without control characters. */
export function shown(text: string): string {
  return truncate(text, MAX_CHARACTERS)
    .replace(/\r\n?/g, '\n')
    .split(/([\t\n])/)
    .map((part) => (/^[\t\n]/.test(part) ? part : printable(part)))
    .join('')
}

/** The value of an attribute as it may stand on a page. */
export const attribute = (value: string): string => (DATA.test(value) ? value : shown(value))

/** A tree as HTML; every text in it stays text. */
export function toHtml(tree: Tree): string {
  if (typeof tree === 'string') return escaped(shown(tree))
  const { tag, attributes, children } = tree
  const given = Object.entries(attributes).map(([name, value]) => ` ${name}="${escaped(attribute(value))}"`)
  const start = `<${tag}${given.join('')}>`
  return EMPTY.includes(tag) ? start : `${start}${children.map(toHtml).join('')}</${tag}>`
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text as HTML or XML. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '')
}

/** A link that a person may click, where it is one of the web; else its text alone. */
export function linkElement(href: string, text: string): Tree {
  return /^https?:\/\/[^\s]+$/i.test(href) && href.length <= 2000
    ? h('a', { href, rel: 'noreferrer noopener' }, text)
    : text
}
