import type { ReportData } from '../data.ts'
import { protocolTables } from '../protocols.ts'
import { h, type Branch } from '../tree.ts'
import { capitalized, section, tableElement } from './parts.ts'

/** What was said by WebSocket, gRPC and GraphQL, by name. */
export function protocolsSection({ record }: ReportData): Branch | undefined {
  const tables = protocolTables(record)
  if (tables.length === 0) return undefined
  return section(
    'protocols',
    'Beyond plain HTTP',
    tables.map(({ title, headings: [, ...headings], rows }) => [
      h('h3', {}, title),
      tableElement(
        ['Name', ...headings.map((heading) => `#${capitalized(heading)}`)],
        rows.map((cells) =>
          cells.map(({ text, isBad }) => (isBad ? h('span', { class: 'bad' }, text) : text)),
        ),
        title,
      ),
    ]),
  )
}
