import {
  allRegionsIn,
  measuredRun,
  type RegionFigures,
  type RunFolder,
  type RunRecord,
  type Store,
} from '../../record/index.ts'
import { withBursts } from '../comparison/bursts.ts'
import type { Comparison } from '../comparison/compare.ts'
import { isTail, type Row } from '../comparison/row.ts'
import { compareWith, usualBase, type Places } from '../comparison/sides.ts'
import { isOpen } from '../comparison/summary.ts'
import { unlikeText } from '../comparison/unlikeBaseline.ts'
import { figureName, rowText } from '../comparison/words.ts'
import { REGION_NOTES, type RegionFacts } from '../rules/regions.ts'
import { told } from '../rules/rule.ts'

/** What a run left, and where those before it lie. */
interface Left {
  readonly store: Store
  readonly folder: RunFolder
  readonly places: Places
}

/**
 * The record of a run that came from several regions, with what became of each beside the others, held against the usual
 * base of such a run; of one that did not, with a note where the runs before it did. An invalid run says nothing of them.
 */
export async function withHeldRegions(record: RunRecord, left: Left): Promise<RunRecord> {
  const { regions = [], notes = [], verdict, instances } = record
  // One k6 is of one place, and is compared with others that are.
  if (verdict === 'invalid' || (regions.length === 0 && instances.length < 2)) return record
  const compared = await comparedWith(record, left)
  const held = heldRegions(regions, compared, allRegionsIn(left.store))
  return {
    ...record,
    ...(regions.length > 0 ? { regions: held.regions } : {}),
    notes: [...told(REGION_NOTES, held.facts), ...notes],
  }
}

/** The comparison with what a run is usually held against, or why there is none. */
async function comparedWith(
  record: RunRecord,
  { store, folder, places }: Left,
): Promise<Comparison | string> {
  try {
    const base = await usualBase(record, places)
    if (base.unlikeBase) return unlikeText(base.unlikeBase)
    const measured = await withBursts(folder, measuredRun(record, store))
    return (
      compareWith(base, measured) ??
      (base.unlike ? `${base.unlike.id}: ${base.unlike.why}` : 'there is none that is comparable')
    )
  } catch (error) {
    // Whatever is wrong with earlier runs, this one's record is kept.
    return (error as Error).message
  }
}

/**
 * The regions of a run with what became of each beside the others, and what is to be told of them; `took` names all that
 * took part, one alone, too.
 */
export function heldRegions(
  regions: readonly RegionFigures[],
  compared: Comparison | string,
  took: readonly string[] = regions.map(({ region }) => region),
): { regions: RegionFigures[]; facts: RegionFacts } {
  const rows = typeof compared === 'string' ? [] : compared.rows.filter(({ judged }) => judged)
  const names = new Set([
    ...regions.map(({ region }) => region),
    ...rows.flatMap(({ region }) => region ?? []),
  ])
  const held = [...names].map((region) => {
    const own = rows.filter((row) => row.region === region)
    const because = typeof compared === 'string' ? compared : 'it has no time in a judged phase'
    return { region, ...(absent(region, took) ?? verdictOf(own, because)) }
  })
  const runs = typeof compared === 'string' ? 0 : compared.base.runs.length
  const whys = new Set(held.flatMap(({ why }) => why ?? []))
  return {
    regions: regions.map((one) => {
      const { verdict = 'cannot tell', figures = [] } = held.find(({ region }) => region === one.region) ?? {}
      return { ...one, beside: { verdict, figures } }
    }),
    facts: {
      worse: held.flatMap(({ region, verdict, figures }) =>
        verdict === 'worse' ? [{ region, figures, runs }] : [],
      ),
      untold: [...whys].map((why) => ({
        why,
        regions: held.flatMap((one) => (one.why === why ? [one.region] : [])),
      })),
    },
  }
}

/** What is told of a region of the runs before that took no part, or none beside it. */
function absent(region: string, took: readonly string[]): Told | undefined {
  const why = !took.includes(region)
    ? 'this run has no load from there'
    : took.length < 2
      ? 'this run has no load from any other region'
      : undefined
  return why === undefined ? undefined : { verdict: 'cannot tell', figures: [], why }
}

type Told = NonNullable<RegionFigures['beside']> & { readonly why?: string }

/** What the rows of a region say together: what is worse, what cannot be told, else what is better. */
function verdictOf(rows: readonly Row[], because: string): Told {
  const of = (verdict: Row['verdict']): string[] =>
    rows.filter((row) => row.verdict === verdict).map((row) => rowText({ ...row, name: nameOf(row) }))
  if (of('worse').length > 0) return { verdict: 'worse', figures: of('worse') }
  // The median of hardly any samples speaks for a region that is not there.
  const untold = rows.find(isOpen) ?? rows.find((row) => row.verdict === 'cannot tell' && speaks(row))
  if (untold !== undefined || rows.length === 0)
    return { verdict: 'cannot tell', figures: [], why: untold?.reason.text ?? because }
  return of('better').length > 0
    ? { verdict: 'better', figures: of('better') }
    : { verdict: 'same', figures: [] }
}

const speaks = ({ quantity }: Row): boolean => isTail(quantity) || quantity === 'share'

const nameOf = (row: Row): string =>
  `${figureName(row) ?? row.metric}${row.phase === '' ? '' : ` in ${row.phase}`}`
