import { defined } from '../../base/index.ts'
import type { InstanceEnd } from '../../verdict/index.ts'
import type { Joined } from './coordinator.ts'
import { byName, newMember, type Member } from './roster.ts'

/** Who is waited for, and for how long. */
export interface Awaited {
  /** How many instances there should be; undefined where nobody said it: then the end is told by hand. */
  readonly expect: number | undefined
  /** Milliseconds for those that have not come, or cannot begin: from the first instance's first sign, or where there is none, from the beginning. */
  readonly waitMs: number
  /** Milliseconds without a sign after which an instance that has not ended is lost. */
  readonly silenceMs: number
  /** Seconds that the load of each lasts at least, by what is planned. */
  readonly lasts: number
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
  /** Those that have not come. */
  readonly missing: readonly string[]
}

/** An instance by all that it has shown: pushes, reports. */
interface Seen extends Member {
  readonly joined: Joined | undefined
}

/** Where instances are at `now`, by what they have pushed, and what those that joined have told. */
export function standingOf(
  members: readonly Member[],
  awaited: Awaited,
  now: number,
  { joined = [], isStopping = false }: { joined?: readonly Joined[]; isStopping?: boolean } = {},
): Standing {
  const { expect, waitMs, silenceMs, since, lasts } = awaited
  const seen = together(members, joined)
  const surplus = surplusOf(seen, expect)
  const isSilent = ({ isEnded, last }: Seen): boolean => !isEnded && now - Math.max(last, since) >= silenceMs
  const first = seen.length > 0 ? Math.min(...seen.map((one) => one.first)) : since
  const missing = missingOf(seen, expect)
  const isGivenUp = now - Math.max(first, since) >= waitMs || isStopping
  const instances = [
    ...seen.map((one) => ({
      id: one.id,
      end: endOf(one, {
        silent: isSilent(one) ? `fell silent: nothing came of it for ${silenceMs / 1000} s` : undefined,
        surplus: surplus.has(one.id) ? `came, though ${expect ?? 0} were expected` : undefined,
        lasts,
      }),
    })),
    ...missing.map((id) => ({ id, end: { code: undefined, lost: NEVER_CAME } })),
  ]
  return {
    isOver:
      expect !== undefined &&
      (missing.length === 0 || isGivenUp) &&
      seen.every((one) => one.isEnded || isSilent(one)),
    isWhole: seen.length > 0 && missing.length === 0 && seen.every(({ isEnded }) => isEnded),
    instances,
    missing,
    given: [
      ...(isGivenUp ? missing.map((id) => `instance ${id} ${NEVER_CAME}`) : []),
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
    const known = pushed ?? newMember(id, one.region, one.first)
    byId.set(id, { ...known, last: Math.max(known.last, one.last), isEnded, joined: one })
  }
  return [...byId.values()].sort(byName)
}

/** How an instance ended: what it has told of that, else what its pushes tell. */
function endOf(
  one: Seen,
  { silent, surplus, lasts }: { silent: string | undefined; surplus: string | undefined; lasts: number },
): InstanceEnd {
  const { first, last, restarts, isDoubled, aheadMs, joined } = one
  const { started, end } = joined ?? { started: new Date(first).toISOString() }
  const lost = joined?.lost ?? end?.lost ?? silent ?? (joined ? undefined : shortBy(one, lasts))
  const unsound = unsoundOf({ isDoubled, restarts }) ?? surplus
  return {
    // Nobody tells how a k6 ended that others started.
    code: end?.code,
    ended: end?.ended ?? new Date(last).toISOString(),
    ...defined({
      started,
      lost,
      unsound,
      unheard: joined ? undefined : unheardOf(one),
      aheadMs: aheadMs === undefined ? undefined : Math.round(aheadMs),
    }),
  }
}

/** From how many milliseconds on, and from how many pushes on, nothing was heard of a k6: a busy machine pushes late. */
const UNHEARD_MS = 10_000
const UNHEARD_PUSHES = 3

/**
 * The seconds for which no push of a k6 came; undefined where they came all the time. k6 sends again what it goes on to
 * measure, and nothing of what it measured for the last time meanwhile.
 */
function unheardOf({ gapMs, intervalMs = USUAL_INTERVAL * 1000 }: Member): number | undefined {
  return gapMs < Math.max(UNHEARD_MS, UNHEARD_PUSHES * intervalMs) ? undefined : Math.round(gapMs / 1000)
}

/** In what an instance was not one run of one k6; undefined where it was. */
export function unsoundOf({
  isDoubled,
  restarts,
}: Pick<Member, 'isDoubled' | 'restarts'>): string | undefined {
  if (isDoubled) return 'was pushed by two k6 under one name, so its counts are too high'
  if (restarts === 0) return undefined
  return `began anew${restarts === 1 ? '' : ` (${restarts} times)`}`
}

/** What k6 pushes every so often unless it is told, and what else may be missing at both ends, seconds. */
const USUAL_INTERVAL = 5
const ENDS = 3

/** How a k6 that came to its end made less load than was planned: whatever stopped it, it sends its stale markers. */
function shortBy({ isEnded, load, intervalMs }: Member, lasts: number): string | undefined {
  if (!isEnded || lasts === 0) return undefined
  const made = load ? (load.until - load.from) / 1000 : 0
  const interval = intervalMs === undefined ? USUAL_INTERVAL : Math.max(1, intervalMs / 1000)
  if (made >= Math.max(lasts - interval - ENDS, lasts / 2)) return undefined
  return load
    ? `made load for ${Math.round(made)} s of the ${Math.round(lasts)} s that are planned`
    : 'made no load'
}

/** Those who are more than were expected: of other names than are usual, else who came last. */
function surplusOf(seen: readonly Seen[], expect: number | undefined): ReadonlySet<string> {
  if (expect === undefined || seen.length <= expect) return new Set()
  const usual = new Set(namesOf(expect))
  const order = seen.toSorted(
    (a, b) => Number(usual.has(a.id)) - Number(usual.has(b.id)) || b.first - a.first,
  )
  return new Set(order.slice(0, seen.length - expect).map(({ id }) => id))
}

/** Numbers from 1, as k6-operator and loadwright name instances. */
const namesOf = (count: number): string[] => Array.from({ length: count }, (_, index) => String(index + 1))

/** Names of those that have not come. */
function missingOf(seen: readonly Seen[], expect = 0): string[] {
  const come = new Set(seen.map(({ id }) => id))
  return namesOf(expect)
    .filter((id) => !come.has(id))
    .slice(0, Math.max(0, expect - seen.length))
}
