import type { Mutable } from '../../base/index.ts'

/** What is known of one k6 of many, by its `instance_id`. Times are those of the collector's clock, ms since 1970. */
export interface Member {
  readonly id: string
  readonly region: string | undefined
  /** When its first push came, and its last one. */
  readonly first: number
  readonly last: number
  readonly pushes: number
  /** It said that it sends no more (a stale marker), and came to its end by itself. */
  readonly isEnded: boolean
  /** How often its k6 began anew. */
  readonly restarts: number
  /** Two k6 push under this name, in turns. */
  readonly isDoubled: boolean
  /** How far its clock is ahead of the collector's at least, ms: the way of its fastest push is left out of it. Undefined where it sent no sample. */
  readonly aheadMs: number | undefined
  /** When it made load, ms of its own clock; undefined as long as it made none. */
  readonly load: { readonly from: number; readonly until: number } | undefined
  /** Milliseconds between its first two pushes; undefined as long as there was one. */
  readonly intervalMs: number | undefined
  /** The time of its latest sample, and the longest time between those of two pushes, ms of its own clock. */
  readonly until: number | undefined
  readonly gapMs: number
}

/** A push, as far as a roster asks about it. */
export interface Sign {
  readonly id: string
  readonly region: string | undefined
  readonly at: number
  /** Whether `at` is when it came, which tells of its clock. */
  readonly isLive: boolean
  /** The latest time of its samples. */
  readonly until: number
  readonly isEnd: boolean
  /** The times of its first and last sample that a scenario gave, or VUs at work; undefined where it has none. */
  readonly load: Member['load']
  /** The time of its last count of VUs, which k6 makes once a second; undefined where it has none. */
  readonly tick: number | undefined
  readonly restarts: number
  /** Whose connection it came by: an object that is the same for each push of one. */
  readonly connection: object
}

/** Who pushes, and who has fallen silent. */
export interface Roster {
  see(sign: Sign): void
  /** How many were seen. */
  readonly size: number
  has(id: string): boolean
  /** By name, numbers in their order. */
  members(): readonly Member[]
}

/** How much must speak for two k6 under one name; what speaks against it counts a part of what speaks for it. */
const ENOUGH_TURNS = 5
const AGAINST = 0.25
/** k6 counts its VUs once a second: from how many milliseconds on two counts are of two k6, and not of a busy machine. */
const TICK_MS = 1000
const RHYTHM_MS = 100

/** The last push by a connection. */
interface Way {
  readonly connection: object
  readonly tick: number | undefined
}

/** A member as it changes, with the ways that it was pushed by last, and what speaks for two k6. */
type Kept = Mutable<Member> & { ways: Way[]; turns: number; before: number }

/** One of whom nothing is known but that it is there. */
export const newMember = (id: string, region: string | undefined, at: number): Member => ({
  id,
  region,
  first: at,
  last: at,
  pushes: 0,
  isEnded: false,
  restarts: 0,
  isDoubled: false,
  aheadMs: undefined,
  load: undefined,
  intervalMs: undefined,
  until: undefined,
  gapMs: 0,
})

/** The order of instances: by name, numbers as numbers. */
export const byName = (a: Pick<Member, 'id'>, b: Pick<Member, 'id'>): number =>
  a.id.localeCompare(b.id, 'en', { numeric: true })

/** A roster of those who were seen before, nobody unless told. */
export function createRoster(before: readonly Member[] = []): Roster {
  const members = new Map<string, Kept>(
    before.map((one) => [one.id, { ...one, ways: [], turns: 0, before: one.restarts }]),
  )
  return {
    see(sign) {
      const { id, region, at, until, isEnd, restarts } = sign
      const member: Kept = members.get(id) ?? {
        ...newMember(id, region, at),
        ways: [],
        turns: 0,
        before: 0,
      }
      members.set(id, member)
      turn(member, sign)
      if (member.pushes === 1 && !isEnd) member.intervalMs ??= at - member.last
      member.last = Math.max(member.last, at)
      member.pushes++
      member.isEnded = isEnd
      // A store that was opened again counts anew.
      member.restarts = member.before + restarts
      member.isDoubled ||= member.turns >= ENOUGH_TURNS
      if (Number.isFinite(until)) {
        if (sign.isLive) member.aheadMs = Math.max(member.aheadMs ?? -Infinity, until - at)
        member.gapMs = Math.max(member.gapMs, until - (member.until ?? until))
        member.until = Math.max(member.until ?? until, until)
      }
      member.load = both(member.load, sign.load)
    },
    get size() {
      return members.size
    },
    has: (id) => members.has(id),
    members: () =>
      [...members.values()]
        .map(({ ways: _ways, turns: _turns, before: _before, ...member }) => member)
        .sort(byName),
  }
}

/**
 * Notes the way of a push, and what it tells where it comes back to an older connection: a proxy that keeps several
 * passes on pushes of one k6, whose counts of VUs are whole seconds apart; those of two are not.
 */
function turn(member: Kept, { tick, connection, isEnd }: Sign): void {
  const [last] = member.ways
  const own = member.ways.find((way) => way.connection === connection)
  if (last && own && own !== last && !isEnd) {
    const passed = Math.abs((tick ?? 0) - (last.tick ?? tick ?? 0))
    const isOther =
      (passed > 0 && passed < TICK_MS / 2) || offBeat(tick, last.tick) - offBeat(tick, own.tick) > RHYTHM_MS
    member.turns = Math.max(0, member.turns + (isOther ? 1 : -AGAINST))
  }
  const others = member.ways.filter((way) => way.connection !== connection)
  member.ways = [{ connection, tick }, ...others].slice(0, 2)
}

/** By how much two counts are not whole seconds apart, ms. */
function offBeat(one: number | undefined, other: number | undefined): number {
  if (one === undefined || other === undefined) return 0
  const rest = Math.abs(one - other) % TICK_MS
  return Math.min(rest, TICK_MS - rest)
}

/** The time that two stretches cover together. */
const both = (one: Member['load'], other: Member['load']): Member['load'] =>
  one && other
    ? { from: Math.min(one.from, other.from), until: Math.max(one.until, other.until) }
    : (one ?? other)
