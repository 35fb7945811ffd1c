import { rule, type VerdictRule } from '../rules/rule.ts'
import { casesIn, isTellable, lackingRule, type GateFacts } from './rules.ts'
import { waiverPlace } from './waiver.ts'

const WAIVED = rule({
  code: 'waived',
  about: 'a waiver allows what would have failed',
  effect: 'note',
  when: ({ cases }: GateFacts) =>
    cases.flatMap(({ name, text, waiver }) =>
      waiver
        ? [
            {
              case: name,
              text,
              limit: waiver.limit,
              ticket: waiver.ticket,
              expires: waiver.expires,
              owner: waiver.owner,
              approvedBy: waiver.approvedBy,
              why: waiver.reason,
            },
          ]
        : [],
    ),
  say: ({ text, limit, why, ticket, owner, approvedBy, expires }) =>
    `waived: ${text}; ${limit} is allowed until ${expires}: ${why} (${ticket}, ${owner}, approved by ${approvedBy})`,
})

const EXCEEDED = rule({
  code: 'waiver-exceeded',
  about: 'a waiver allows less than what was found',
  effect: 'note',
  when: ({ cases }: GateFacts) =>
    cases.flatMap(({ name, exceeds }) =>
      exceeds ? [{ case: name, limit: exceeds.limit, ticket: exceeds.ticket, owner: exceeds.owner }] : [],
    ),
  say: (found) =>
    `not waived: ${found.case}: the waiver allows ${found.limit} (${found.ticket}, ${found.owner}), which is exceeded`,
})

const EXPIRED = rule({
  code: 'waiver-expired',
  about: 'a waiver has expired: its limit is the usual one again',
  effect: 'note',
  when: ({ expired }: GateFacts) =>
    expired.map((one) => ({
      of: waiverPlace(one),
      ticket: one.ticket,
      owner: one.owner,
      expires: one.expires,
    })),
  say: ({ of, ticket, owner, expires }) =>
    `the waiver on ${of} (${ticket}, ${owner}) expired on ${expires}, and allows nothing any more`,
})

const TOLERATED = rule({
  code: 'tolerated',
  about: 'a row is worse by not more than the config tolerates',
  effect: 'note',
  when: ({ cases }: GateFacts) =>
    cases.filter(({ code }) => code === 'tolerated').map(({ name, text }) => ({ case: name, text })),
  say: ({ text }) => text,
})

const NOT_CONFIRMED = rule({
  code: 'not-confirmed',
  about: 'a row could not tell, and still cannot with the second run: it is not called worse',
  effect: 'note',
  when: (facts: GateFacts) =>
    casesIn(facts, 'open', 'row')
      .filter((one) => facts.isConfirmed && isTellable(one))
      .map(({ name, text }) => ({ case: name, text })),
  say: ({ text }) => `not confirmed by the second run: ${text}`,
})

const UNMEASURED = rule({
  code: 'base-run-unmeasured',
  about: 'a run that would be in the baseline is not whole, and was left out',
  effect: 'note',
  when: ({ unmeasured }: GateFacts) => unmeasured.map(({ id, why }) => ({ id, why })),
  say: ({ id, why }) => `left out of the baseline: ${id}: ${why}`,
})

/** What is told beside the decision. */
export const GATE_NOTES: readonly VerdictRule<GateFacts>[] = [
  WAIVED,
  EXCEEDED,
  EXPIRED,
  TOLERATED,
  NOT_CONFIRMED,
  UNMEASURED,
  lackingRule('note'),
]
