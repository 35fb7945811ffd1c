import type { Conditions, MeasuredRun } from '../../record/index.ts'

/** Something in which the candidate is not as the baseline, as text; '' is none. */
export interface Difference {
  readonly what: string
  /** What the runs of the baseline have, each once. */
  readonly base: readonly string[]
  readonly candidate: string
  /** Runs that differ in it are not comparable. */
  readonly decisive: boolean
}

/** What conditions are called in sentences. */
const CONDITIONS: Readonly<Record<keyof Conditions, string>> = {
  suite: 'suite',
  profile: 'profile',
  environment: 'environment',
  target: 'target',
  load: 'load',
  k6: 'minor version of k6',
  generator: 'machine that makes the load',
  instances: 'number of instances',
}

const once = (texts: readonly string[]): string[] => [...new Set(texts)].sort()

/** In which conditions two runs differ, by what sentences call them; none where they are comparable. */
export const differing = (a: Conditions, b: Conditions): string[] =>
  (Object.keys(CONDITIONS) as (keyof Conditions)[])
    .filter((key) => a[key] !== b[key])
    .map((key) => CONDITIONS[key])

/** All in which the candidate differs from every run of the baseline: conditions first. */
export function differencesOf(
  base: readonly Pick<MeasuredRun, 'conditions' | 'about'>[],
  candidate: Pick<MeasuredRun, 'conditions' | 'about'>,
): Difference[] {
  const decisive = (Object.entries(CONDITIONS) as [keyof Conditions, string][]).map(
    ([key, what]): Difference => ({
      what,
      base: once(base.map(({ conditions }) => conditions[key])),
      candidate: candidate.conditions[key],
      decisive: true,
    }),
  )
  const names = once([...base, candidate].flatMap(({ about }) => Object.keys(about)))
  const others = names.map((what): Difference => ({
    what,
    base: once(base.map(({ about }) => about[what] ?? '')),
    candidate: candidate.about[what] ?? '',
    decisive: false,
  }))
  return [...decisive, ...others].filter((one) => !one.base.includes(one.candidate))
}
