import type { NamedTable } from '../namedTable.ts'
import { h, type Content } from '../tree.ts'
import { capitalized, tableElement } from './parts.ts'

/** Figures by name, under their title. */
export const namedTable = ({ title, headings: [, ...headings], rows }: NamedTable): Content => [
  h('h3', {}, title),
  tableElement(
    ['Name', ...headings.map((heading) => `#${capitalized(heading)}`)],
    rows.map((cells) => cells.map(({ text, isBad }) => (isBad ? h('span', { class: 'bad' }, text) : text))),
    title,
  ),
]
