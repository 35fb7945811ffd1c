import type { InstanceEnd } from '../verdict/index.ts'
import type { Member } from './roster.ts'

/** Who is waited for, and for how long. */
export interface Awaited {
  /** How many instances there should be; undefined where nobody said it: then the end is told by hand. */
  readonly expect: number | undefined
  /** Milliseconds, from the first instance's first push, for those that have not come. */
  readonly waitMs: number
  /** Milliseconds without a push after which an instance that has not ended is lost. */
  readonly silenceMs: number
  /** Since when pushes could come (ms since 1970): nobody is silent while nobody listens. */
  readonly since: number
}

/** Where the instances of a run are. */
export interface Standing {
  /** Nobody is waited for any more. */
  readonly isOver: boolean
  /** Whether all that came, and all that should, came to their end. */
  readonly isWhole: boolean
  readonly instances: readonly { readonly id: string; readonly end: InstanceEnd }[]
}

/** Where instances are at `now`, by what they have pushed. */
export function standingOf(
  members: readonly Member[],
  { expect, waitMs, silenceMs, since }: Awaited,
  now: number,
): Standing {
  const isSilent = ({ isEnded, last }: Member): boolean =>
    !isEnded && now - Math.max(last, since) >= silenceMs
  const first = Math.min(...members.map((one) => one.first))
  const missing = missingOf(members, expect)
  const hasWaited = now - Math.max(first, since) >= waitMs
  const seen = members.map((one) => ({
    id: one.id,
    end: endOf(one, isSilent(one) ? `fell silent: it has not pushed for ${silenceMs / 1000} s` : undefined),
  }))
  const never = missing.map((id) => ({ id, end: { code: undefined, lost: 'never came' } }))
  return {
    isOver:
      expect !== undefined &&
      members.length > 0 &&
      (missing.length === 0 || hasWaited) &&
      members.every((one) => one.isEnded || isSilent(one)),
    isWhole: members.length > 0 && missing.length === 0 && members.every(({ isEnded }) => isEnded),
    instances: [...seen, ...never],
  }
}

function endOf({ isEnded, first, last, restarts, isDoubled }: Member, lost: string | undefined): InstanceEnd {
  const unsound = isDoubled
    ? 'was pushed by two k6 under one name'
    : restarts > 0
      ? `began anew${restarts === 1 ? '' : ` (${restarts} times)`}`
      : undefined
  return {
    code: isEnded ? 0 : undefined,
    started: new Date(first).toISOString(),
    ended: new Date(last).toISOString(),
    ...(lost === undefined ? {} : { lost }),
    ...(unsound === undefined ? {} : { unsound }),
  }
}

/** Names of those that have not come: numbers from 1, as k6-operator and loadwright give them. */
function missingOf(members: readonly Member[], expect = 0): string[] {
  const come = new Set(members.map(({ id }) => id))
  return Array.from({ length: expect }, (_, index) => String(index + 1))
    .filter((id) => !come.has(id))
    .slice(0, Math.max(0, expect - members.length))
}
