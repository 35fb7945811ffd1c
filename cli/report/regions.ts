import { number, time } from '../base/index.ts'
import { tellsFailures, type RegionFigures, type RunRecord, type SignalFigures } from '../record/index.ts'
import { failedCell, type NamedCell, type NamedTable } from './namedTable.ts'

/**
 * The regions from which a load came, beside each other: a table for each thing that scripts did there, HTTP requests
 * first, which has their iterations and what became of them, too. None where there is one region.
 */
export function regionTables({ regions = [] }: RunRecord): NamedTable[] {
  const names = [...new Set(regions.flatMap(figuresOf).map(({ signal }) => signal))]
  return names.map((name, index) => tableOf(regions, name, index === 0))
}

function tableOf(regions: readonly RegionFigures[], name: string, isFirst: boolean): NamedTable {
  const title = isFirst ? 'Regions' : `Regions: ${name}`
  const isHeld = isFirst && regions.some(({ beside }) => beside !== undefined)
  const hasFailures = tellsFailures(name)
  // Where iterations are all there is, they are counted once.
  const hasIterations = isFirst && name !== 'iterations'
  return {
    title,
    headings: [
      ...[title, ...(hasIterations ? ['iterations'] : []), name, 'p50', 'p95', 'p99'],
      ...(hasFailures ? ['failed'] : []),
      ...(isHeld ? ['beside the others'] : []),
    ],
    rows: regions.map((one) => {
      const { count, failed, p50, p95, p99 } =
        figuresOf(one).find(({ signal }) => signal === name) ?? nothingOf(name)
      return [
        ...[one.region, ...(hasIterations ? [number(one.iterations)] : []), number(count)].map(plain),
        ...[p50, p95, p99].map(time).map(plain),
        ...(hasFailures ? [failedCell(failed, count)] : []),
        ...(isHeld ? [besideCell(one.beside)] : []),
      ]
    }),
  }
}

/** What a region did, as the signals of a step are told. */
const figuresOf = ({ requests, signals = [], ...figures }: RegionFigures): SignalFigures[] => [
  ...(requests > 0 ? [{ ...figures, signal: 'requests', count: requests }] : []),
  ...signals,
]

const nothingOf = (signal: string): SignalFigures => ({ signal, count: 0, failed: 0 })

const plain = (text: string): NamedCell => ({ text })

/** `worse: p95 +54 % (412 → 620 ms)`. */
function besideCell({ verdict, figures }: NonNullable<RegionFigures['beside']> = NOT_HELD): NamedCell {
  const text = [verdict, figures.join(', ')].filter(Boolean).join(': ')
  return verdict === 'worse' ? { text, isBad: true } : { text }
}

const NOT_HELD = { verdict: 'cannot tell', figures: [] } as const
