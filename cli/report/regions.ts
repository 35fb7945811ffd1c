import { number, shareText, time } from '../base/index.ts'
import type { RegionFigures, RunRecord } from '../record/index.ts'
import type { NamedCell, NamedTable } from './namedTable.ts'

/** The regions from which a load came, beside each other; none where there is one. */
export function regionTables({ regions = [] }: RunRecord): NamedTable[] {
  const isHeld = regions.some(({ beside }) => beside !== undefined)
  return regions.length === 0
    ? []
    : [
        {
          title: 'Regions',
          headings: [
            ...['Regions', 'iterations', 'requests', 'p50', 'p95', 'p99', 'failed'],
            ...(isHeld ? ['beside the others'] : []),
          ],
          rows: regions.map(({ region, iterations, requests, failed, p50, p95, p99, beside }) => [
            ...[region, number(iterations), number(requests), ...[p50, p95, p99].map(time)].map((text) => ({
              text,
            })),
            failed > 0
              ? { text: `${number(failed)} (${shareText(failed, requests)})`, isBad: true }
              : { text: '0' },
            ...(isHeld ? [besideCell(beside)] : []),
          ]),
        },
      ]
}

/** `worse: p95 +54 % (412 → 620 ms)`. */
function besideCell({ verdict, figures }: NonNullable<RegionFigures['beside']> = NOT_HELD): NamedCell {
  const text = [verdict, figures.join(', ')].filter(Boolean).join(': ')
  return verdict === 'worse' ? { text, isBad: true } : { text }
}

const NOT_HELD = { verdict: 'cannot tell', figures: [] } as const
