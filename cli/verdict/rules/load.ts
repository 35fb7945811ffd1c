import type { Facts } from '../facts.ts'
import { only, rule } from './rule.ts'
import { percent } from './words.ts'

/** Share of iterations that may be dropped before a run says more about the generator than about the target. */
export const MAX_DROPPED_SHARE = 0.01
/** Share of the planned iterations that must start, and how many may be missing at any rate. */
const MIN_STARTED_SHARE = 0.9
const MAX_MISSING = 10

/** Iterations for which no VU was free. */
const starved = ({ dropped, endedEarly = [] }: Facts): number =>
  Math.max(0, dropped - endedEarly.reduce((sum, one) => sum + one.dropped, 0))

const isStarved = (facts: Facts): boolean => {
  const { iterations, grown = 0 } = facts
  const dropped = starved(facts)
  return dropped > (iterations + dropped) * MAX_DROPPED_SHARE + grown
}

export const MAX_DURATION = rule({
  code: 'max-duration-reached',
  about: 'a scenario was ended by its maxDuration before all of its iterations had begun',
  effect: 'invalid',
  when: ({ endedEarly = [] }: Facts) =>
    endedEarly.map(({ scenario, maxDuration, planned, dropped }) => ({
      scenario,
      maxDuration,
      begun: planned - dropped,
      planned,
    })),
  say: ({ scenario, maxDuration, begun, planned }) =>
    `scenario ${scenario} was ended by its maxDuration (${maxDuration}) after ${begun} of ${planned} iterations: raise maxDuration, or ask for fewer`,
})

export const DROPPED = rule({
  code: 'iterations-dropped',
  about: 'more than 1 % of iterations were dropped, because no VU was free',
  effect: 'invalid',
  when: (facts: Facts) => {
    const dropped = starved(facts)
    return isStarved(facts) ? [{ dropped, of: facts.iterations + dropped }] : []
  },
  say: ({ dropped, of }) =>
    `${dropped} of ${of} iterations (${percent(dropped / of)} %) were dropped because no VU was free: the target did not get the planned load`,
})

export const EXHAUSTED = only(
  rule({
    code: 'vus-exhausted',
    about: 'all VUs of a scenario were busy, where more than 1 % of iterations were dropped',
    effect: 'invalid',
    when: ({ arrivals = [] }: Facts) =>
      arrivals
        .filter(({ dropped }) => dropped > 0)
        .map(({ scenario, dropped, vus }) => ({ scenario, dropped, vus })),
    say: ({ scenario, dropped, vus }) =>
      `scenario ${scenario} dropped ${dropped} iterations: all of its VUs (${vus} at most) were busy. Raise \`typicalSeconds\` of its journey (the number of VUs is computed from it), or the target is too slow for this rate`,
  }),
  isStarved,
)

export const RATE_NOT_KEPT = only(
  rule({
    code: 'rate-not-kept',
    about:
      'a scenario started less than 90 % of the iterations that its rate asks for, though few were dropped',
    effect: 'invalid',
    when: ({ arrivals = [] }: Facts) =>
      arrivals
        .filter(({ planned, started, dropped }) => {
          const missing = planned - started - dropped
          return started < planned * MIN_STARTED_SHARE && missing > MAX_MISSING
        })
        .map(({ scenario, started, planned }) => ({ scenario, started, planned })),
    say: ({ scenario, started, planned }) =>
      `scenario ${scenario} started ${started} of the ${Math.round(planned)} iterations that its rate asks for in the judged phases (${percent(started / planned)} %): the generator did not keep up`,
  }),
  (facts) => !isStarved(facts),
)

export const FEW_DROPPED = rule({
  code: 'iterations-dropped',
  about: '1 % of iterations or less were dropped',
  effect: 'note',
  when: (facts: Facts) => {
    const dropped = starved(facts)
    return dropped > 0 && !isStarved(facts) ? [{ dropped, of: facts.iterations + dropped }] : []
  },
  say: ({ dropped, of }) => `${dropped} of ${of} iterations were dropped because no VU was free`,
})
