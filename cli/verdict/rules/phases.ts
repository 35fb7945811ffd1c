import type { Facts, JudgedFacts } from '../facts.ts'
import { only, rule } from './rule.ts'
import { secondsText, signed } from './words.ts'

/** Share of a judged phase that must have been run. */
const MIN_RUN_SHARE = 0.95
/** How much a level may differ from quarter to quarter and still be called one level. */
const MIN_DRIFT = 0.1

const CODE = 'phase-cut-short'

const cut = ({ phases = [] }: Facts): { phase: string; ran: number; planned: number }[] => {
  const short = phases.filter(({ planned, ran }) => ran < planned * MIN_RUN_SHARE)
  const known = new Map(
    short.map(({ phase, ran, planned }) => [sayCut({ phase, ran, planned }), { phase, ran, planned }]),
  )
  return [...known.values()]
}

const sayCut = ({ phase, ran, planned }: { phase: string; ran: number; planned: number }): string =>
  ran <= 0
    ? `the judged phase ${phase} was never reached`
    : `the judged phase ${phase} was cut short: ${secondsText(ran)} of ${secondsText(planned)}`

// Whatever ended a run before its time has its own exit code, but for a k6 that just stopped.
export const PHASE_CUT = rule({
  code: CODE,
  about: 'a judged phase was not reached, or ended before its time, and k6 does not say why',
  effect: 'invalid',
  when: (facts: Facts) => (facts.k6 === 0 ? cut(facts) : []),
  say: sayCut,
})

export const PHASE_CUT_BY = rule({
  code: CODE,
  about: 'a judged phase was not reached, or ended before its time, because something else ended the run',
  effect: 'note',
  when: (facts: JudgedFacts) => (facts.k6 !== 0 && facts.verdict !== 'invalid' ? cut(facts) : []),
  say: sayCut,
})

const steadiness = {
  code: 'never-steady',
  when: ({ steadiness }: Facts) => (steadiness?.never === true ? [{ change: steadiness.drift }] : []),
}

export const UNSTEADY = only(
  rule({
    ...steadiness,
    about: 'the level of the judged phase was still changing, by a tenth or more (MSER-5)',
    effect: 'invalid',
    say: ({ change }) =>
      `the judged phase never became steady: its level changed by ${signed(change)} % from its third quarter to its last. Warm up for longer, or look for what grows`,
  }),
  ({ steadiness }) => Math.abs(steadiness?.drift ?? 0) >= MIN_DRIFT,
)

export const HARDLY_STEADY = only<JudgedFacts>(
  rule({
    ...steadiness,
    about: 'the level of the judged phase was still changing, by less than a tenth or in a run that failed',
    effect: 'note',
    say: ({ change }) =>
      `the judged phase may not have been steady: its level changed by ${signed(change)} % from its third quarter to its last`,
  }),
  ({ verdict }) => verdict !== 'invalid',
)
