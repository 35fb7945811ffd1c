import { plural, share } from '../../base/index.ts'
import { LIMITS } from '../comparison/limits.ts'
import type { Change, NamedRun } from './change.ts'
import { HISTORY_LIMITS } from './limits.ts'

/** `2026-11-20`. */
export const dayOf = (time: string): string => time.slice(0, 10)

/** Since when a change is there: `at 3f2a1bc (2026-11-20)`. */
export function atRun(kind: Change['kind'], before: NamedRun, run: NamedRun): string {
  if (kind === 'drift') return `little by little, ${dayOf(before.startedAt)} to ${dayOf(run.startedAt)}`
  const { commit, startedAt, id } = run
  if (commit === undefined) return `since the run ${id} (${dayOf(startedAt)}), whose commit is not known`
  if (commit === before.commit) return `since ${dayOf(startedAt)}, at ${commit} as before it`
  return `at ${commit} (${dayOf(startedAt)})`
}

/** What should be known of a change, in sentences. */
export function changeNotes(change: Change): string[] {
  const { kind, before, run, skipped, differences, rows } = change
  if (kind === 'drift')
    return ['no single commit made it: look at what grows, such as data, caches, and logs']
  const { full } = change
  const isDirty = [before, run].some(({ commit }) => commit?.includes(' + ') === true)
  const isSame = run.commit !== undefined && run.commit === before.commit
  const others = differences.filter(({ what }) => what !== 'commit' && what !== 'bundle')
  const after = rows[0]?.runs[1] ?? 0
  return [
    ...(skipped > 0
      ? [`${plural(skipped, 'run')} between them ${skipped === 1 ? 'has' : 'have'} no figures that count`]
      : []),
    ...(run.commit !== undefined && before.commit === undefined
      ? ['the commit of the run before it is not known']
      : []),
    ...(isDirty ? ['files were changed that no commit has'] : []),
    ...(isSame && others.length === 0
      ? ['the commit is the same: look at what else changed, such as data, machines, and other services']
      : []),
    ...(full && full.after > full.before + LIMITS.fuller
      ? [
          `from then on the machine that made the load had no CPU left for ${share(full.after)} of the time, before for ${share(full.before)}: it may be the machine`,
        ]
      : []),
    ...(after < 5 ? [`only ${plural(after, 'run')} of the new level: the next ones tell more`] : []),
  ]
}

/** What is said of a series with too few runs. */
export const tooFewText = (figures: number): string =>
  `cannot tell yet: ${plural(figures, 'run')} with figures that count, and ${HISTORY_LIMITS.runs} are needed`
