import { plural } from '../../base/index.ts'
import { rule, type VerdictRule } from './rule.ts'

/** What regions of a run are beside the others, held against the runs before it. */
export interface RegionFacts {
  /** Figures that became worse: `p95 +54 % (412 → 620 ms)`. */
  readonly worse: readonly {
    readonly region: string
    readonly figures: readonly string[]
    readonly runs: number
  }[]
  /** Regions of which it cannot be told, by why. */
  readonly untold: readonly { readonly regions: readonly string[]; readonly why: string }[]
}

/** What is told of regions beside a verdict. */
export const REGION_NOTES: readonly VerdictRule<RegionFacts>[] = [
  rule({
    code: 'region-slower',
    about:
      'one of several regions became slower, or failed more, beside the others than in the comparable runs before: a verdict on it is that of `gate`',
    effect: 'note',
    when: ({ worse }: RegionFacts) => worse,
    say: ({ region, figures, runs }) =>
      `region ${region} became worse beside the other regions than in ${plural(runs, 'run')} before: ${figures.join(', ')}`,
  }),
  rule({
    code: 'region-not-held',
    about:
      'whether a region became slower beside the others cannot be told: of too few runs or samples, or since it is new, took no part (so that one alone is left, too), or has another name',
    effect: 'note',
    when: ({ untold }: RegionFacts) => untold,
    say: ({ regions, why }) =>
      `${regions.length === 1 ? 'region' : 'regions'} ${regions.join(', ')} cannot be held against the runs before: ${why}`,
  }),
]
