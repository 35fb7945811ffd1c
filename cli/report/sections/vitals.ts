import { THIRD_PARTY } from '../../../lib/catalog.ts'
import { number, time } from '../../base/index.ts'
import { WEB_VITALS } from '../../record/index.ts'
import type { ReportData } from '../data.ts'
import { failedCell } from '../namedTable.ts'
import { h, type Branch, type Content } from '../tree.ts'
import { VITAL_NAMES, vitalRows, type VitalCell } from '../vitals.ts'
import { cellContent } from './namedTable.ts'
import { section, tableElement } from './parts.ts'

/** The Web Vitals of each page with Google's bands, and what the pages asked for. */
export function vitalsSection({ record }: ReportData): Branch | undefined {
  const rows = vitalRows(record)
  const { pageRequests = [] } = record
  if (rows.length + pageRequests.length === 0) return undefined
  return section(
    'vitals',
    'Web Vitals',
    rows.length > 0 && [
      h('p', { class: 'quiet' }, `The 75th percentile of visits, as Google rates it: ${BANDS}.`),
      tableElement(
        ['Page', 'Journey', '#Visits', ...VITAL_NAMES.map((name) => `#${name}`)],
        rows.map(({ page, journey, visits, cells }) => [page, journey, number(visits), ...cells.map(cellOf)]),
        'Web Vitals by page',
      ),
    ],
    pageRequests.length > 0 && [
      h('h3', {}, 'What the pages asked for'),
      h('p', { class: 'quiet' }, `“${THIRD_PARTY}” are other hosts than the target.`),
      tableElement(
        ['Name', '#Requests', '#p50', '#p95', '#Failed'],
        pageRequests.map(({ name, count, failed, p50, p95 }) => [
          name,
          number(count),
          time(p50),
          time(p95),
          cellContent(failedCell(failed, count)),
        ]),
        'Requests of pages by name',
      ),
    ],
  )
}

const BANDS = WEB_VITALS.map(({ name, unit, good, poor }) => {
  const text = (value: number): string => (unit === 'ms' ? time(value) : number(value))
  return `${name} is good up to ${text(good)} and poor beyond ${text(poor)}`
}).join(', ')

const CLASSES = { good: 'good', 'needs improvement': 'fair', poor: 'bad' } as const

/** The figure, and its band in words: colour is never the only sign. */
function cellOf({ text, rating }: VitalCell): Content {
  return rating === undefined ? '–' : [text, ' ', h('small', { class: CLASSES[rating] }, rating)]
}
