import { bind, type Bound } from './bind.ts'
import { expectedOf, type Expected, type WrittenCheck } from './checks.ts'
import type { Comments } from './comments.ts'
import { correlate } from './correlate.ts'
import { draftOf, type Draft } from './draft.ts'
import { filterTraffic, type Filtered, type Judge } from './filter.ts'
import { groupsOf, type Group } from './steps.ts'
import { lift, type Lifted } from './lifted.ts'
import { freeNames, type Names } from './names.ts'
import { requestNames } from './requestNames.ts'
import { foldRedirects } from './redirects.ts'
import type { Traffic } from './traffic.ts'

/** A journey that recorded requests make, before it is written. */
export interface Plan {
  base: string
  drafts: readonly Draft[]
  /** Names of the requests. */
  requestNames: readonly string[]
  groups: readonly Group[]
  expected: readonly Expected[]
  bound: readonly Bound[]
  lifted: Lifted
  left: Filtered['left']
  /** How many hops of redirects the client follows by itself. */
  hops: number
  names: Names & { taken: ReadonlySet<string> }
  /** Comments around requests, by their numbers. */
  comments?: ReadonlyMap<number, Comments>
}

/** What somebody has said already of recorded requests. */
export interface Rules {
  judge: Judge
  /** Requests with what is said of them. */
  apply: (drafts: readonly Draft[], names: Names) => Ruled
}

/** Requests after rules. */
export interface Ruled {
  drafts: readonly Draft[]
  /** Values that rules read from answers. */
  bound: readonly Bound[]
  /** Further checks, by the numbers of requests. */
  checks: ReadonlyMap<number, readonly WrittenCheck[]>
  comments: ReadonlyMap<number, Comments>
}

const NO_RULES: Rules = {
  judge: (_, why) => why,
  apply: (drafts) => ({ drafts, bound: [], checks: new Map(), comments: new Map() }),
}

/** Makes a journey of recorded requests: what belongs to it, in steps, with what depends on the session read from answers. */
export function planOf(
  { exchanges, titles }: Traffic,
  include: readonly string[],
  reserved: ReadonlySet<string>,
  rules: Rules = NO_RULES,
): Plan {
  const ordered = exchanges.toSorted((a, b) => a.at - b.at)
  const { kept, left, base } = filterTraffic(ordered, include, rules.judge)
  const folded = foldRedirects(kept)
  const recorded = folded.kept.flatMap((exchange) => draftOf(exchange) ?? [])
  const names = freeNames(reserved)
  const ruled = rules.apply(recorded, names)
  const own = new Set(ruled.bound.map(({ value }) => value))
  const correlations = correlate(ruled.drafts).filter(({ value }) => !own.has(value))
  const found = bind(ruled.drafts, correlations, names)
  const bound = [...ruled.bound, ...found.bound]
  const lifted = lift(found.drafts, names)
  const changing = [...bound.map(({ value }) => value), ...lifted.columns.keys(), ...lifted.secrets.keys()]
  const expected = expectedOf(lifted.drafts, (text) =>
    changing.some((value) => value.length > 1 && text.toLowerCase().includes(value.toLowerCase())),
  )
  const groups = groupsOf(lifted.drafts, titles)
  return {
    base,
    drafts: lifted.drafts,
    requestNames: requestNames(lifted.drafts, lifted.hide),
    groups,
    expected: expected.map((one, at) => withMore(one, ruled.checks.get(at))),
    bound,
    lifted,
    left,
    hops: folded.hops,
    names,
    comments: ruled.comments,
  }
}

const withMore = (expected: Expected, more: Expected['more']): Expected =>
  more === undefined ? expected : Object.assign({ more }, expected)
