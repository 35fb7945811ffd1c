import { quote } from '../../../config/problem/problem.ts'
import { aboutRun, conditionsOf, type Baseline, type RunRecord } from '../../record/index.ts'
import { differencesOf, type Difference } from './differences.ts'

/** A base that is not comparable with a run: in what they differ, and the command that writes it anew, if it is a baseline. */
export interface UnlikeBase {
  readonly name: string
  readonly differences: readonly Difference[]
  readonly anew?: string
}

/** A baseline of a folder, of other conditions than a run's. */
export const unlikeBaseline = (baseline: Baseline, record: RunRecord, folder: string): UnlikeBase => ({
  name: `baseline ${baseline.name}`,
  differences: differencesOf(baseline.runs, { conditions: conditionsOf(record), about: aboutRun(record) }),
  // A pinned one stays: it is of its release.
  anew:
    baseline.kind === 'pinned' ? `loadwright baseline set${inFolder(folder)}` : anewCommand(baseline, folder),
})

/** The command that writes a baseline anew, with the newest run. */
export const anewCommand = ({ name, kind }: Pick<Baseline, 'name' | 'kind'>, folder: string): string =>
  `loadwright baseline set ${name}${kind === 'rolling' ? ' --rolling' : ''} --replace${inFolder(folder)}`

/** The flag for a folder of baselines that is not the usual one. */
const inFolder = (folder: string): string =>
  folder === 'baselines' ? '' : ` --baselines ${/[^\w./-]/.test(folder) ? quote(folder) : folder}`

/** In which conditions a base is not as a run: `target was http://a, and is http://b`. */
export const changedConditions = (differences: readonly Difference[]): string[] =>
  differences.filter(({ decisive }) => decisive).flatMap((one) => changes(one, differences))

/** A changed load is a hash; what changed in it stands beside. */
function changes(one: Difference, all: readonly Difference[]): string[] {
  const loads = all.filter(({ what }) => what.startsWith('load of '))
  const told = one.what === 'load' && loads.length > 0 ? loads : [one]
  return told.map(
    ({ what, base, candidate }) =>
      `${what} was ${base.filter((text) => text !== '').join(' or ') || 'none'}, and is ${candidate || 'none'}`,
  )
}

/** `baseline shop-load-staging is of other conditions: target was http://a, and is http://b`. */
export const unlikeText = ({ name, differences }: UnlikeBase): string =>
  `${name} is of other conditions: ${changedConditions(differences).join('; ')}`
