import { hideCode } from '../hideCode.ts'
import { bind, type Bound } from './bind.ts'
import { expectedOf, type Expected } from './checks.ts'
import type { Comments } from './comments.ts'
import { correlate, type Correlation } from './correlate.ts'
import { draftOf, type Draft } from './draft.ts'
import { filterTraffic, type Filtered, type Judge } from './filter.ts'
import { groupsOf, type Group } from './steps.ts'
import { lift, type Lifted } from './lifted.ts'
import { freeNames, type Names } from './names.ts'
import { ownWords } from './ownWords.ts'
import { requestNames } from './requestNames.ts'
import { foldRedirects } from './redirects.ts'
import { foldPolls } from './polling.ts'
import { withTexts } from './persisted.ts'
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
  /** What else is expected of answers, by the numbers of requests. */
  expected: ReadonlyMap<number, (one: Expected) => Expected>
  comments: ReadonlyMap<number, Comments>
  /** Variables of the shell, by the secrets that rules know. */
  secrets: ReadonlyMap<string, string>
}

const NO_RULES: Rules = {
  judge: (_, why) => why,
  apply: (drafts) => ({ drafts, bound: [], expected: new Map(), comments: new Map(), secrets: new Map() }),
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
  const folded = foldRedirects(withTexts(kept))
  const recorded = foldPolls(folded.kept).flatMap((exchange) => draftOf(exchange) ?? [])
  const names = freeNames(reserved)
  const ruled = rules.apply(recorded, names)
  const correlations = correlate(ruled.drafts)
  const known = new Map(ruled.bound.map((one) => [one.value, one]))
  // What a rule reads is read once, wherever else it is sent.
  const found = bind(
    ruled.drafts,
    correlations.map((one) => alsoUsed(known.get(one.value), one)),
    names,
  )
  const again = new Set(found.bound.map(({ variable }) => variable))
  const bound = [...ruled.bound.filter(({ variable }) => !again.has(variable)), ...found.bound].toSorted(
    (a, b) => a.source.at - b.source.at,
  )
  const lifted = lift(found.drafts, names, ruled.secrets)
  const changing = [...bound.map(({ value }) => value), ...lifted.columns.keys(), ...lifted.secrets.keys()]
  const isOwn = ownWords(lifted.drafts, lifted.columns.keys())
  const expected = expectedOf(
    lifted.drafts,
    (text) =>
      isOwn(text) ||
      changing.some((value) => value.length > 1 && text.toLowerCase().includes(value.toLowerCase())),
  )
  const groups = groupsOf(lifted.drafts, titles)
  return {
    base,
    drafts: lifted.drafts,
    requestNames: requestNames(lifted.drafts, lifted.hide),
    groups,
    expected: expected.map((one, at) => ruled.expected.get(at)?.(one) ?? one),
    bound,
    lifted,
    left,
    hops: folded.hops,
    names,
    comments: new Map([...ruled.comments].map(([at, one]) => [at, hidden(one, lifted.hide)])),
  }
}

const alsoUsed = (known: Bound | undefined, one: Correlation): Correlation | Bound =>
  known === undefined ? one : { ...known, uses: [...known.uses, ...one.uses] }

const hidden = ({ before, after }: Comments, hide: (text: string) => string): Comments => ({
  before: before.map((line) => hideCode(line, hide)),
  after: after.map((line) => hideCode(line, hide)),
})
