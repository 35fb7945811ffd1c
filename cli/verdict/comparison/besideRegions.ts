import { sum } from '../../../config/sum.ts'
import { upperTail, Z_95 } from '../statistics/normal.ts'
import type { Bursts } from '../../record/index.ts'
import type { Proportion } from '../statistics/proportions.ts'
import type { Common } from './common.ts'
import type { Figure } from './figures.ts'
import { heldShare } from './heldShare.ts'
import type { Held } from './held.ts'
import { LIMITS } from './limits.ts'
import type { RowSubject } from './row.ts'

/** The failures of the other regions in the same runs, in their order. */
export interface OtherRegions {
  readonly base: readonly (Proportion | undefined)[]
  readonly candidate: Proportion | undefined
}

/** Whether a row is of a region beside which there is no other in all of the runs. */
export const isBesideNone = ({
  subject,
  common,
  others,
}: {
  readonly subject: RowSubject
  readonly common: Common | undefined
  readonly others: OtherRegions | undefined
}): boolean =>
  subject.region !== undefined &&
  (subject.unit === 'share' ? others?.candidate === undefined : common === undefined)

/** What other regions failed in these runs and in one more; undefined for what are no failures of a region. */
export const othersIn = (
  runs: readonly ReadonlyMap<string, Figure>[],
  own: ReadonlyMap<string, Figure>,
  subject: RowSubject,
): OtherRegions | undefined =>
  subject.region === undefined || subject.unit !== 'share'
    ? undefined
    : { base: runs.map((run) => othersOf(run, subject)), candidate: othersOf(own, subject) }

/** What the other regions of a run failed, in the phase of one of them. */
function othersOf(
  figures: ReadonlyMap<string, Figure>,
  { region, metric, phase }: Figure['subject'],
): Proportion | undefined {
  const others = [...figures.values()].flatMap(({ subject, proportion }) =>
    subject.region !== undefined &&
    subject.region !== region &&
    subject.metric === metric &&
    subject.phase === phase
      ? (proportion ?? [])
      : [],
  )
  const of = sum(others.map((one) => one.of))
  return of === 0 ? undefined : { part: sum(others.map(({ part }) => part)), of }
}

/**
 * The failures of a region, called more only if they are so beside the other regions, too: the interval of the difference of
 * both changes (Zou & Donner 2008, of the two intervals) must not contain 0. What fails everywhere is none of a region's.
 */
export function heldBeside(
  [base, candidate]: readonly [readonly (Proportion & Bursts)[], Proportion & Bursts],
  others: OtherRegions,
): Held {
  const own = heldShare(base, candidate)
  const before = others.base.flatMap((one) => one ?? [])
  if (before.length === 0 || others.candidate === undefined || own.interval === undefined) return own
  const rest = heldShare(before, others.candidate)
  const { low, high } = rest.interval ?? { low: rest.change, high: rest.change }
  const far = own.change - rest.change
  const below = Math.hypot(own.change - own.interval.low, high - rest.change)
  const above = Math.hypot(own.interval.high - own.change, rest.change - low)
  const isBeside =
    far * own.change > 0 && Math.abs(far) > LIMITS.points && Math.abs(far) > (far > 0 ? below : above)
  const chance = 2 * upperTail((Math.abs(far) / Math.max(far > 0 ? below : above, Number.MIN_VALUE)) * Z_95)
  return {
    ...own,
    isOutside: own.isOutside && isBeside,
    isBurst: own.isBurst === true && isBeside,
    chance: Math.max(own.chance, Math.min(1, chance)),
  }
}
