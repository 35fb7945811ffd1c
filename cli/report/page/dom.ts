import { attribute, shown, type Tree } from '../tree.ts'

const SVG = 'http://www.w3.org/2000/svg'

/** Builds a tree in this document; every text in it stays text. */
export function toDom(tree: Tree, inSvg = false): Node {
  if (typeof tree === 'string') return document.createTextNode(shown(tree))
  const svg = inSvg || tree.tag === 'svg'
  const element = svg ? document.createElementNS(SVG, tree.tag) : document.createElement(tree.tag)
  for (const [name, value] of Object.entries(tree.attributes)) element.setAttribute(name, attribute(value))
  for (const child of tree.children) element.append(toDom(child, svg))
  return element
}

/** The first element of a kind in a place. */
export const one = (selector: string, within: ParentNode = document): HTMLElement | null =>
  within.querySelector<HTMLElement>(selector)

/** All elements of a kind. */
export const each = (selector: string, within: ParentNode = document): HTMLElement[] => [
  ...within.querySelectorAll<HTMLElement>(selector),
]

/** A colour of the style sheet, as it is now: light, dark, or on paper. */
export const colour = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim()
