import { limitsOf, ownerOf, type Slos } from '../../../config/slos.ts'
import { isNarrowed } from '../../../config/thresholds/narrowedKey.ts'
import { expressionOf } from '../../../config/thresholds/thresholds.ts'
import type { Manifest, ThresholdOwner } from '../../record/index.ts'

/** Who answers for which threshold of a suite, by the SLOs of the environment that it runs in. */
export function sloOwners(
  { slos: keys, options }: Pick<Manifest, 'slos' | 'options'>,
  slos: Slos,
): ThresholdOwner[] {
  return keys.flatMap((metric) =>
    (options.thresholds[metric] ?? []).map(expressionOf).flatMap((threshold) => {
      const found = Object.entries(slos).find(
        ([key, entry]) => isNarrowed(key, metric) && limitsOf(entry).includes(threshold),
      )
      const owner = found && ownerOf(found[1])
      return owner === undefined ? [] : [{ metric, threshold, owner }]
    }),
  )
}

/** The keys of a suite's thresholds that none of some others was narrowed to: of its author's, the environment's are left. */
export function narrowedFromNone(keys: readonly string[], others: readonly string[]): string[] {
  return keys.filter((key) => !others.some((other) => isNarrowed(other, key)))
}
