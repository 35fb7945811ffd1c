import type { Facts } from '../facts.ts'
import { errors, mistakes, outside, saidOf } from '../threw.ts'
import { rule } from './rule.ts'

/** A threshold judges failed journeys, so what is no mistake of the test is its matter. */
const isJudged = ({ thresholds }: Facts): boolean =>
  thresholds.some(({ metric, result }) => result !== 'no samples' && /^journeys?_failed\b/.test(metric))

export const TEST_ERROR = rule({
  code: 'test-error',
  about:
    'the test itself has an error, in more than 1 % of iterations or in a single pass; or a redirect led to a host that is not allowed',
  effect: 'invalid',
  when: (facts: Facts) => {
    const { isMany, told } = mistakes(facts)
    return isMany ? told : []
  },
  say: saidOf('the test has an error'),
})

export const SCRIPT_THREW = rule({
  code: 'script-threw',
  about:
    'more than 1 % of iterations, or a single pass, ended in an error that is no mistake of the test, and no threshold judges failed journeys',
  effect: 'fail',
  when: (facts: Facts) => {
    const { isMany, told } = errors(facts)
    return isMany && !isJudged(facts) ? told : []
  },
  say: saidOf('the script threw'),
})

export const THREW_OUTSIDE = rule({
  code: 'threw-outside',
  about: 'the script threw outside of its iterations, and k6 went on',
  effect: 'note',
  when: (facts: Facts) => outside(facts),
  say: ({ error }) => `the script threw outside of its iterations: ${error}`,
})

export const FEW_TEST_ERRORS = rule({
  code: 'test-error',
  about: 'few iterations ended in an error of the test itself',
  effect: 'note',
  when: (facts: Facts) => {
    const { isMany, told } = mistakes(facts)
    return isMany ? [] : told
  },
  say: saidOf('the test has an error'),
})

export const FEW_THREW = rule({
  code: 'script-threw',
  about: 'few iterations ended in another error, or more did and a threshold judges failed journeys',
  effect: 'note',
  when: (facts: Facts) => {
    const { isMany, told } = errors(facts)
    return isMany && !isJudged(facts) ? [] : told
  },
  say: saidOf('the script threw'),
})
