import { bind, type Bound } from './bind.ts'
import { expectedOf, type Expected } from './checks.ts'
import { correlate } from './correlate.ts'
import { draftOf, type Draft } from './draft.ts'
import { filterTraffic, type Filtered } from './filter.ts'
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
}

/** Makes a journey of recorded requests: what belongs to it, in steps, with what depends on the session read from answers. */
export function planOf(
  { exchanges, titles }: Traffic,
  include: readonly string[],
  reserved: ReadonlySet<string>,
): Plan {
  const ordered = exchanges.toSorted((a, b) => a.at - b.at)
  const { kept, left, base } = filterTraffic(ordered, include)
  const folded = foldRedirects(kept)
  const recorded = folded.kept.flatMap((exchange) => draftOf(exchange) ?? [])
  const names = freeNames(reserved)
  const correlations = correlate(recorded)
  const { drafts, bound } = bind(recorded, correlations, names)
  const lifted = lift(drafts, names)
  const changing = [...bound.map(({ value }) => value), ...lifted.columns.keys(), ...lifted.secrets.keys()]
  const expected = expectedOf(lifted.drafts, (text) =>
    changing.some((value) => value.length > 1 && text.toLowerCase().includes(value.toLowerCase())),
  )
  const groups = groupsOf(lifted.drafts, titles)
  const own = requestNames(lifted.drafts, lifted.hide)
  return {
    base,
    drafts: lifted.drafts,
    requestNames: own,
    groups,
    expected,
    bound,
    lifted,
    left,
    hops: folded.hops,
    names,
  }
}
