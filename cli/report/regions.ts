import { number, shareText, time } from '../base/index.ts'
import type { RunRecord } from '../record/index.ts'
import type { NamedTable } from './namedTable.ts'

/** The regions from which a load came, beside each other; none where there is one. */
export const regionTables = ({ regions = [] }: RunRecord): NamedTable[] =>
  regions.length === 0
    ? []
    : [
        {
          title: 'Regions',
          headings: ['Regions', 'iterations', 'requests', 'p50', 'p95', 'p99', 'failed'],
          rows: regions.map(({ region, iterations, requests, failed, p50, p95, p99 }) => [
            ...[region, number(iterations), number(requests), ...[p50, p95, p99].map(time)].map((text) => ({
              text,
            })),
            failed > 0
              ? { text: `${number(failed)} (${shareText(failed, requests)})`, isBad: true }
              : { text: '0' },
          ]),
        },
      ]
