import { number, time } from '../base/index.ts'
import type { RunRecord } from '../record/index.ts'
import { namedRow, type NamedTable } from './namedTable.ts'

/** What the author's spans took in the judged phases; none where there were none. */
export const spanTables = ({ spans = [] }: RunRecord): NamedTable[] =>
  spans.length === 0
    ? []
    : [
        {
          title: 'Spans',
          headings: ['Spans', 'times', 'p50', 'p95', 'p99'],
          rows: spans.map(({ journey, step, span, count, p50, p95, p99 }) =>
            namedRow([journey, step, span], [number(count), ...[p50, p95, p99].map(time)]),
          ),
        },
      ]
