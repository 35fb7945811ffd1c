import { defined } from '../../../base/index.ts'
import { unsoundOf } from '../../collect/standing.ts'
import type { RunRecord } from '../../../record/index.ts'
import { codeOf, lostBy, type Recorded } from '../../../run/index.ts'
import type { InstanceEnd } from '../../../verdict/index.ts'
import type { FollowedTest } from './follow.ts'
import type { Runner } from './runners.ts'
import type { ShareEnd } from './followShare.ts'

/** What is known of a test beside how it was followed. */
export interface Known {
  readonly began?: string | undefined
  /** Why thresholds, or the environment's cap, ended it. */
  readonly crossed?: string | undefined
  readonly over?: string | undefined
}

/** How a test ended that several clusters made, or one, as a run's record has it. */
export function endedOf(
  started: RunRecord,
  shares: readonly ShareEnd[],
  { began, crossed, over }: Known,
): Recorded {
  const followed = shares.map(({ ended }) => ended)
  const failure = firstOf(followed, (one) => one.failure)
  const stopped = firstOf(followed, (one) => one.stopped) ?? over
  const interrupted = followed.some((one) => one.interrupted)
  const isAborted = crossed !== undefined
  const runners = new Map(followed.flatMap((one) => [...one.runners]))
  const members = new Map(shares.flatMap(({ pushed }) => pushed?.members ?? []).map((one) => [one.id, one]))
  const changes = new Map(shares.flatMap((one) => [...one.changes]))
  /** Whether nothing is to be said of one that has no end of its own. */
  const isExcused =
    interrupted ||
    isAborted ||
    failure !== undefined ||
    stopped !== undefined ||
    followed.some(({ isOver }) => !isOver)
  // Those that were stopped have none either.
  const isStopped = followed.some((one) => one.isStopped)
  const ends = started.instances.map((one, index): InstanceEnd => {
    const id = one.id ?? String(index + 1)
    const [runner, member] = [runners.get(id), members.get(id)]
    return {
      code: runner?.exit,
      ...defined({
        lost: isExcused ? runner?.lost : lostOf(runner, isStopped),
        unsound: changes.get(id) ?? (member && unsoundOf(member)),
        started: began,
        ended: runner?.ended,
      }),
    }
  })
  const first = firstOf(followed, (one) => one.first)
  const setup = firstOf(followed, (one) => one.code)
  const firstEnd =
    ends.find(({ lost }) => lost !== undefined) ??
    (first && { code: first.exit }) ??
    (setup === undefined ? undefined : { code: setup })
  const code = failure === undefined ? codeOf(ends, { isAborted, first: firstEnd }) : undefined
  return {
    started: { ...started, ...(began === undefined ? {} : { startedAt: began }) },
    ended: {
      code: interrupted && firstEnd === undefined ? 105 : code,
      interrupted,
      ...defined({ failure, stopped }),
      instances: ends,
    },
  }
}

/** What the first of them tells that tells anything. */
const firstOf = <Told>(
  followed: readonly FollowedTest[],
  told: (one: FollowedTest) => Told | undefined,
): Told | undefined => followed.map(told).find((one) => one !== undefined)

/** How a runner was lost that nobody ended. */
function lostOf(runner: Runner | undefined, isStopped: boolean): string | undefined {
  if (runner?.lost !== undefined) return runner.lost
  if (isStopped && runner?.exit === undefined) return undefined
  return runner ? lostBy({ code: runner.exit }, null) : 'never came: the cluster has no pod of it'
}
