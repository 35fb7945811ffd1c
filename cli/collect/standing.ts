import type { InstanceEnd } from '../verdict/index.ts'
import type { Joined } from './coordinator.ts'
import type { Member } from './roster.ts'

/** Who is waited for, and for how long. */
export interface Awaited {
  /** How many instances there should be; undefined where nobody said it: then the end is told by hand. */
  readonly expect: number | undefined
  /** Milliseconds, from the first instance's first sign, for those that have not come. */
  readonly waitMs: number
  /** Milliseconds without a sign after which an instance that has not ended is lost. */
  readonly silenceMs: number
  /** Since when signs could come (ms since 1970): nobody is silent while nobody listens. */
  readonly since: number
}

/** Where the instances of a run are. */
export interface Standing {
  /** Nobody is waited for any more. */
  readonly isOver: boolean
  /** Whether all that came, and all that should, came to their end. */
  readonly isWhole: boolean
  readonly instances: readonly { readonly id: string; readonly end: InstanceEnd }[]
  /** Those that are waited for no more: `instance 3 never came`. */
  readonly given: readonly string[]
}

/** An instance by all that it has shown: pushes, reports. */
interface Seen extends Member {
  readonly joined: Joined | undefined
}

/** Where instances are at `now`, by what they have pushed, and what those that joined have told. */
export function standingOf(
  members: readonly Member[],
  { expect, waitMs, silenceMs, since }: Awaited,
  now: number,
  { joined = [], isStopping = false }: { joined?: readonly Joined[]; isStopping?: boolean } = {},
): Standing {
  const seen = together(members, joined)
  const isSilent = ({ isEnded, last }: Seen): boolean => !isEnded && now - Math.max(last, since) >= silenceMs
  const first = Math.min(...seen.map((one) => one.first))
  const missing = missingOf(seen, expect)
  const isGivenUp = now - Math.max(first, since) >= waitMs || isStopping
  const instances = [
    ...seen.map((one) => ({
      id: one.id,
      end: endOf(
        one,
        isSilent(one) ? `fell silent: nothing came of it for ${silenceMs / 1000} s` : undefined,
      ),
    })),
    ...missing.map((id) => ({ id, end: { code: undefined, lost: NEVER_CAME } })),
  ]
  return {
    isOver:
      expect !== undefined &&
      seen.length > 0 &&
      (missing.length === 0 || isGivenUp) &&
      seen.every((one) => one.isEnded || isSilent(one)),
    isWhole: seen.length > 0 && missing.length === 0 && seen.every(({ isEnded }) => isEnded),
    instances,
    given: [
      ...(seen.length > 0 && isGivenUp ? missing.map((id) => `instance ${id} ${NEVER_CAME}`) : []),
      ...seen.filter(isSilent).map(({ id }) => `instance ${id} fell silent`),
    ],
  }
}

const NEVER_CAME = 'never came'

/** What is known of each, by name, numbers in their order. */
function together(members: readonly Member[], joined: readonly Joined[]): Seen[] {
  const byId = new Map(members.map((one): [string, Seen] => [one.id, { ...one, joined: undefined }]))
  for (const one of joined) {
    const { id } = one.part
    const isEnded = one.state === 'ended'
    const pushed = byId.get(id)
    const alone: Member = {
      id,
      region: one.region,
      first: one.first,
      last: one.last,
      pushes: 0,
      restarts: 0,
      isDoubled: false,
      aheadMs: 0,
      isEnded,
    }
    const whole = pushed ? { ...pushed, last: Math.max(pushed.last, one.last), isEnded } : alone
    byId.set(id, { ...whole, joined: one })
  }
  return [...byId.values()].sort((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true }))
}

function endOf(
  { isEnded, first, last, restarts, isDoubled, joined }: Seen,
  silent: string | undefined,
): InstanceEnd {
  const { started, end } = joined ?? { started: new Date(first).toISOString() }
  const lost = end?.lost ?? silent
  const unsound = unsoundOf({ isDoubled, restarts })
  return {
    code: end ? end.code : isEnded ? 0 : undefined,
    ...(started === undefined ? {} : { started }),
    ended: end?.ended ?? new Date(last).toISOString(),
    ...(lost === undefined ? {} : { lost }),
    ...(unsound === undefined ? {} : { unsound }),
  }
}

/** In what an instance was not one run of one k6; undefined where it was. */
export function unsoundOf({
  isDoubled,
  restarts,
}: Pick<Member, 'isDoubled' | 'restarts'>): string | undefined {
  if (isDoubled) return 'was pushed by two k6 under one name'
  if (restarts === 0) return undefined
  return `began anew${restarts === 1 ? '' : ` (${restarts} times)`}`
}

/** Names of those that have not come: numbers from 1, as k6-operator and loadwright give them. */
function missingOf(seen: readonly Seen[], expect = 0): string[] {
  const come = new Set(seen.map(({ id }) => id))
  return Array.from({ length: expect }, (_, index) => String(index + 1))
    .filter((id) => !come.has(id))
    .slice(0, Math.max(0, expect - seen.length))
}
