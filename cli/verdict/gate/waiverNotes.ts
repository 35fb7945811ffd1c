import { nearest } from '../../../config/problem/nearest.ts'
import { rule, type VerdictRule } from '../rules/rule.ts'
import type { GateFacts } from './rules.ts'
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

/** Of which metrics of its steps a metric of a journey is made. */
const OF_STEPS: Readonly<Record<string, readonly string[]>> = {
  journey_duration: ['group_duration', 'http_req_duration'],
  journey_failed: ['http_req_failed', 'graphql_operation_failed', 'grpc_call_failed', 'checks'],
}

const STEP_ALONE = rule({
  code: 'waiver-of-step-alone',
  about: 'a step is waived, and its journey, of which no waiver is, would need one of its own',
  effect: 'note',
  when: ({ cases }: GateFacts) => {
    const fallen = cases.filter(
      ({ outcome, exceeds, step }) =>
        (outcome === 'failed' || outcome === 'open') && exceeds === undefined && step === undefined,
    )
    const found = fallen.flatMap(({ name, metric, journey }) => {
      const waived = cases.find(
        (one) =>
          one.waiver !== undefined &&
          one.step !== undefined &&
          one.journey === journey &&
          OF_STEPS[metric]?.includes(one.metric),
      )
      return waived?.step === undefined || journey === undefined
        ? []
        : [{ case: name, metric, journey, step: waived.step, ticket: waived.waiver?.ticket ?? '' }]
    })
    // One for all quantiles of a journey.
    return found.filter(
      ({ metric, journey }, index) =>
        found.findIndex((one) => one.metric === metric && one.journey === journey) === index,
    )
  },
  say: ({ metric, journey, step, ticket }) =>
    `not waived: the journey ${journey}, whose step ${step} is: the waiver (${ticket}) is of the step alone. The journey needs one of its own: metric: ${metric}, journey: ${journey}`,
})

const UNKNOWN = rule({
  code: 'waiver-unknown-place',
  about:
    'a waiver names a metric, a journey or a step that the run does not have, but one with nearly this name',
  effect: 'note',
  when: ({ inForce, known }: GateFacts) =>
    inForce.flatMap(({ metric, journey, step, ticket }) =>
      Object.entries({ metric, journey, step }).flatMap(([what, word]) => {
        const words = known[what as keyof typeof known]
        const near = word === undefined || words.includes(word) ? undefined : nearest(word, words)
        return near === undefined ? [] : [{ what, word: word ?? '', near, ticket }]
      }),
    ),
  say: ({ what, word, near, ticket }) =>
    `a waiver (${ticket}) is on the ${what} "${word}", which this run does not have: did you mean "${near}"?`,
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

/** What is told of waivers beside the decision. */
export const WAIVER_NOTES: readonly VerdictRule<GateFacts>[] = [
  WAIVED,
  EXCEEDED,
  STEP_ALONE,
  UNKNOWN,
  EXPIRED,
]
