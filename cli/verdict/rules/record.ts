import type { Facts } from '../facts.ts'
import { manyNamesText } from '../forensics/manyNames.ts'
import { andMore } from '../../base/index.ts'
import { rule } from './rule.ts'

export const UNREAD = rule({
  code: 'k6-figures-missing',
  about: 'k6’s end-of-test summary is missing or incomplete',
  effect: 'inconclusive',
  when: ({ unread = false }: Facts) => (unread ? [{}] : []),
  // k6 says nothing where it cannot write them.
  say: () =>
    'k6’s end-of-test summary (k6-summary.json) is missing or incomplete, so the run cannot be judged. Is the disk full?',
})

/** Instances that a sentence names at most. */
const MAX_INSTANCES = 5

export const PART_FIGURES = rule({
  code: 'figures-of-record',
  about: 'some of several k6 left no figures of their own: counts and thresholds are of what all pushed',
  effect: 'note',
  when: ({ withoutFigures = [] }: Facts) => {
    const instances = withoutFigures.slice(0, MAX_INSTANCES)
    return instances.length > 0 ? [{ instances, more: withoutFigures.length - instances.length }] : []
  },
  say: ({ instances, more }) =>
    `k6’s own figures of instance ${andMore(instances, more).join(', ')} are missing: counts and thresholds are of what all instances pushed, checks by name of the others alone`,
})

export const DISAGREEMENT = rule({
  code: 'record-incomplete',
  about: 'the recorder counted something else than k6',
  effect: 'invalid',
  when: ({ disagreements = [] }: Facts) => disagreements,
  say: ({ metric, unit = '', recorded, k6 }) =>
    unit === ''
      ? `the recorder counted ${recorded} of ${metric}, k6 ${k6}: the record is incomplete`
      : `the recorder has ${recorded} ${unit} of ${metric} in all, k6 ${k6}: the record is incomplete`,
})

export const FULL = rule({
  code: 'collector-full',
  about:
    'a run had more series or instances than a collector keeps, or its disk did not take what some pushed last',
  effect: 'invalid',
  when: ({ full }: Facts) => (full === undefined ? [] : [{ why: full }]),
  say: ({ why }) => why,
})

export const CAUSES_LEFT_OUT = rule({
  code: 'causes-left-out',
  about: 'failures have more causes than a record keeps',
  effect: 'note',
  when: ({ causes }: Facts) => (causes && causes.all > causes.kept ? [causes] : []),
  say: ({ all, kept }) => `failures have ${all} causes: the ${kept} most frequent are kept`,
})

export const MANY_NAMES = rule({
  code: 'many-series',
  about: 'names or tags have a value for each user, item or request, and each is a series of its own',
  effect: 'note',
  when: ({ manyNames = [] }: Facts) => manyNames,
  say: manyNamesText,
})

export const SHARED_NAMES = rule({
  code: 'names-shared',
  about: 'two metrics are pushed under one name: neither can be read from the record',
  effect: 'note',
  when: ({ shared = [] }: Facts) => (shared.length > 0 ? [{ names: shared }] : []),
  say: ({ names }) =>
    `two metrics are both pushed as ${names.join(', ')}: rename one; neither can be read from the record`,
})

/** Quantiles that notes name at most. */
const MAX_QUANTILES = 4

export const QUANTILES_DIFFER = rule({
  code: 'quantiles-differ',
  about: 'a recorded quantile and k6’s own differ by more than buckets explain',
  effect: 'note',
  when: ({ shared = [], quantiles = [] }: Facts): readonly Differing[] => {
    const room = MAX_QUANTILES - (shared.length > 0 ? 1 : 0)
    if (quantiles.length <= room) return quantiles
    return [...quantiles.slice(0, room - 1), { more: quantiles.length - room + 1 }]
  },
  say: ({ metric, quantile, recorded, k6, more }) =>
    more === undefined
      ? `the recorded ${quantile} of ${metric} is ${recorded}, k6's own ${k6}`
      : `${more} more quantiles differ from k6's own by more than their buckets explain`,
})

interface Differing {
  metric?: string
  quantile?: string
  recorded?: number
  k6?: number
  more?: number
}
