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
  /** How far its clock is ahead of the collector's at least, ms: the way of its fastest push is left out of it. */
  readonly aheadMs: number
}

/** A push, as far as a roster asks about it. */
export interface Sign {
  readonly id: string
  readonly region: string | undefined
  readonly at: number
  /** The latest time of its samples. */
  readonly until: number
  readonly isEnd: boolean
  readonly restarts: number
  /** Whose connection it came by: an object that is the same for each push of one. */
  readonly connection: object
}

/** Who pushes, and who has fallen silent. */
export interface Roster {
  see(sign: Sign): void
  /** How many were seen. */
  readonly size: number
  /** By name, numbers in their order. */
  members(): readonly Member[]
}

/** Connections between which one name must have changed to and fro before it is two k6 rather than a lost connection. */
const TURNS = 3

/** A member as it changes, with the connections that it pushed by last, and how often it came back to an old one. */
type Kept = { -readonly [Key in keyof Member]: Member[Key] } & { ways: object[]; turns: number }

/** A roster of those who were seen before, nobody unless told. */
export function createRoster(before: readonly Member[] = []): Roster {
  const members = new Map<string, Kept>(before.map((one) => [one.id, { ...one, ways: [], turns: 0 }]))
  return {
    see({ id, region, at, until, isEnd, restarts, connection }) {
      const member: Kept = members.get(id) ?? {
        id,
        region,
        first: at,
        last: at,
        pushes: 0,
        isEnded: false,
        restarts,
        isDoubled: false,
        aheadMs: -Infinity,
        ways: [],
        turns: 0,
      }
      members.set(id, member)
      const [now, before] = member.ways
      if (now !== connection) {
        // To another connection and back again: whoever reconnects does not come back by the old one.
        if (before === connection) member.turns++
        member.ways = now === undefined ? [connection] : [connection, now]
      }
      member.last = at
      member.pushes++
      member.isEnded = isEnd
      member.restarts = restarts
      member.isDoubled = member.turns >= TURNS
      member.aheadMs = Math.max(member.aheadMs, until - at)
    },
    get size() {
      return members.size
    },
    members: () =>
      [...members.values()]
        .map(({ ways: _ways, turns: _turns, ...member }) => member)
        .sort((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true })),
  }
}
