import type { Facts } from '../facts.ts'
import { isFew, type Unfinished } from '../unfinished.ts'
import { rule } from './rule.ts'

const said = ({ journey, scenario, started, interrupted, step }: Unfinished): string => {
  const [subject, place] = [
    scenario !== undefined ? `scenario ${scenario}: ` : journey === undefined ? '' : `${journey}: `,
    step === undefined ? '' : ` in step ${step}`,
  ]
  return `${subject}${started} started, ${interrupted} interrupted${place}: they had not ended when k6 stopped them`
}

export const UNFINISHED = rule({
  code: 'iterations-unfinished',
  about: 'k6 interrupted more than 5 % of a journey’s iterations when the load was over',
  effect: 'invalid',
  when: ({ unfinished = [], mayCut }: Facts) => unfinished.filter((one) => !isFew(one, unfinished, mayCut)),
  say: said,
})

export const FEW_UNFINISHED = rule({
  code: 'iterations-unfinished',
  about: 'k6 interrupted few iterations, or those that a scenario without a gracefulStop cuts off',
  effect: 'note',
  when: ({ unfinished = [], mayCut }: Facts) => unfinished.filter((one) => isFew(one, unfinished, mayCut)),
  say: said,
})

export const NO_ITERATIONS = rule({
  code: 'no-iterations',
  about: 'not one iteration was completed, and no threshold was crossed',
  effect: 'invalid',
  // A threshold may end a run (`abortOnFail`) before an iteration has ended.
  when: ({ iterations, thresholds }: Facts) =>
    iterations === 0 && thresholds.every(({ result }) => result !== 'fail') ? [{}] : [],
  say: () => 'not one iteration was completed',
})
