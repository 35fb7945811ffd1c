import type { ReportData } from '../data.ts'
import { ownRows } from '../own.ts'
import { h, type Branch, type Content } from '../tree.ts'
import { section, tableElement } from './parts.ts'

/** The author's own metrics, with what their tags tell. */
export function ownSection({ record }: ReportData): Branch | undefined {
  const rows = ownRows(record.metrics)
  if (rows.length === 0) return undefined
  return section(
    'own',
    'Own metrics',
    tableElement(
      ['Metric', '#Count', '#Value', '#p50', '#p95', '#p99', '#Max'],
      rows.map(({ name, isTagged, meaning, count, value, p50, p95, p99, max }) => ({
        class: isTagged ? 'again' : '',
        cells: [
          isTagged
            ? h('span', { class: 'quiet' }, name)
            : [h('span', { class: 'metric' }, name), h('small', {}, meaning)],
          ...[count, value, p50, p95, p99, max],
        ] satisfies Content[],
      })),
      'Own metrics',
    ),
  )
}
