import { andMore } from '../../base/index.ts'
import { MAX_PLACES } from '../../record/index.ts'
import { cutText } from '../comparison/cutPlaces.ts'
import { LIMITS } from '../comparison/limits.ts'
import { isTail } from '../comparison/row.ts'
import { isTellable } from '../comparison/summary.ts'
import { rule, type VerdictRule } from '../rules/rule.ts'
import { casesIn, lackingRule, toldCase, type GateFacts } from './rules.ts'
import { WAIVER_NOTES } from './waiverNotes.ts'

const TOLERATED = rule({
  code: 'tolerated',
  about: 'a row is worse by not more than the config tolerates',
  effect: 'note',
  when: ({ cases }: GateFacts) => cases.filter(({ code }) => code === 'tolerated').map(toldCase),
  say: ({ text }) => text,
})

const NOT_CONFIRMED = rule({
  code: 'not-confirmed',
  about: 'a row could not tell, and still cannot with the second run: it is not called worse',
  effect: 'note',
  when: (facts: GateFacts) =>
    casesIn(facts, 'open', 'row')
      .filter((one) => facts.isConfirmed && isTellable(one))
      .map(toldCase),
  say: ({ text }) => `not confirmed by the second run: ${text}`,
})

const UNMEASURED = rule({
  code: 'base-run-unmeasured',
  about: 'a run that would be in the baseline is not whole, and was left out',
  effect: 'note',
  when: ({ unmeasured }: GateFacts) => unmeasured.map(({ id, why }) => ({ id, why })),
  say: ({ id, why }) => `left out of the baseline: ${id}: ${why}`,
})

const CUT = rule({
  code: 'places-cut',
  about: `a metric has more than ${MAX_PLACES} places, and only those with most samples are compared`,
  effect: 'note',
  when: ({ cut }: GateFacts) => Object.entries(cut).map(([metric, left]) => ({ metric, left })),
  say: ({ metric, left }) => cutText(metric, left),
})

/** Names of rows in a note at most. */
const MAX_NAMES = 3

const NOT_JUDGED = rule({
  code: 'tails-not-judged',
  about:
    'rows that speak for their places, p95 and the p75 of Web Vitals, were not judged: of too few samples, or of noise',
  effect: 'note',
  when: (facts: GateFacts) => {
    const names = facts.unlikeBase || facts.unclear || facts.runs < LIMITS.runs ? [] : unjudgedIn(facts)
    return names.length > 0 ? [{ count: names.length, names: namesText(names) }] : []
  },
  say: ({ count, names }) =>
    `${count === 1 ? '1 row was' : `${count} rows were`} not judged: ${names} (--all says why)`,
})

const unjudgedIn = (facts: GateFacts): string[] =>
  casesIn(facts, 'cannot tell', 'row').flatMap(({ name, row }) =>
    row && isTail(row.quantity) && row.reason.code !== 'only-in-candidate' ? [name] : [],
  )

const namesText = (names: readonly string[]): string =>
  andMore(names.slice(0, MAX_NAMES), names.length - MAX_NAMES).join(', ')

/** What is told beside the decision. */
export const GATE_NOTES: readonly VerdictRule<GateFacts>[] = [
  ...WAIVER_NOTES,
  TOLERATED,
  NOT_CONFIRMED,
  UNMEASURED,
  CUT,
  NOT_JUDGED,
  lackingRule('note'),
]
