import type { NamedCell, NamedTable } from '../namedTable.ts'
import { h, type Content } from '../tree.ts'
import { capitalized, tableElement } from './parts.ts'

/** A cell in words, marked where something failed. */
export const cellContent = ({ text, isBad }: NamedCell): Content =>
  isBad ? h('span', { class: 'bad' }, text) : text

/** Figures by name, under their title. */
export const namedTable = ({ title, headings: [, ...headings], rows }: NamedTable): Content => [
  h('h3', {}, title),
  tableElement(
    ['Name', ...headings.map((heading) => `#${capitalized(heading)}`)],
    rows.map((cells) => cells.map(cellContent)),
    title,
  ),
]
