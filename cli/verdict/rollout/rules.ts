import { plural } from '../../base/index.ts'
import { rule, type VerdictRule, type VerdictStage } from '../rules/rule.ts'
import { ROLLOUT_LIMITS } from './limits.ts'
import type { RolloutFinding, RolloutRow } from './row.ts'
import { rowText, valueText, worseText } from './words.ts'

/** What the decision on a canary is made of. */
export interface RolloutFacts {
  readonly canary: string
  readonly stable: string
  /** Looks that were made of those that were planned. */
  readonly looks: number
  readonly planned: number
  readonly isInterrupted: boolean
  readonly rows: readonly RolloutRow[]
  /** Looks in a row to which nobody gave an answer, and why; also in which a version could not be loaded. */
  readonly unanswered: { readonly inARow: number; readonly why: string }
  /** Why nothing can be said of the canary, because the load itself measured nothing. */
  readonly unmeasured: string | undefined
  /** Why the canary does not work at all, where the stable version does. */
  readonly down: string | undefined
  /** Somebody asked whether the canary gets requests, or they are ours. */
  readonly isTrafficKnown: boolean
}

type Told = VerdictRule<RolloutFacts>
interface OfRow {
  metric: string
  stable: number | undefined
  canary: number | undefined
}
const ofRow = ({ name, stable, canary }: RolloutRow): OfRow => ({ metric: name, stable, canary })

/** A rule for rows with one finding. Only main rows hold a promotion up. */
const ofRows = (
  code: RolloutFinding,
  effect: 'fail' | 'inconclusive',
  about: string,
  say: (row: RolloutRow) => string,
): Told =>
  rule({
    code,
    about,
    effect,
    when: ({ rows }: RolloutFacts) =>
      rows
        .filter(({ finding, isMain }) => finding === code && (isMain || effect === 'fail'))
        .map((row) => ({ ...ofRow(row), text: say(row) })),
    say: ({ text }) => text,
  })

const INTERRUPTED = rule({
  code: 'watch-interrupted',
  about: 'the watch was interrupted before its end',
  effect: 'interrupted',
  when: ({ isInterrupted, looks, planned }: RolloutFacts) => (isInterrupted ? [{ looks, planned }] : []),
  say: ({ looks, planned }) => `interrupted after ${looks} of ${plural(planned, 'look')}: nothing is decided`,
})

const DOWN = rule({
  code: 'canary-down',
  about: 'the canary does not work at all, and the stable version does',
  effect: 'fail',
  when: ({ down }: RolloutFacts) => (down === undefined ? [] : [{ why: down }]),
  say: ({ why }) => `the canary does not work: ${why}`,
})

const CROSSED = ofRows(
  'limit-crossed',
  'fail',
  `the canary alone crosses a limit in ${ROLLOUT_LIMITS.crossed} looks in a row, or by twice the limit in ${ROLLOUT_LIMITS.crossedBadly}`,
  ({ name, unit, limit = '', last, crossed = 0 }) =>
    `${name} of the canary is ${valueText(last?.canary, unit)}, and must be ${limit} (crossed in ${plural(crossed, 'look')})`,
)

const WORSE = ofRows(
  'canary-worse',
  'fail',
  'the canary is worse than the stable version by more than noise, and than what is tolerated',
  (row) => `worse: ${rowText(row)}, and ${worseText(row.allowed ?? 0, row)} is tolerated`,
)

const UNMEASURED = rule({
  code: 'nothing-measured',
  about: 'the load measured nothing: no decision is about the canary',
  effect: 'invalid',
  when: ({ unmeasured }: RolloutFacts) => (unmeasured === undefined ? [] : [{ why: unmeasured }]),
  say: ({ why }) => `nothing was measured: ${why}`,
})

const UNANSWERED = rule({
  code: 'unanswered',
  about: `nobody answered in ${ROLLOUT_LIMITS.unanswered} looks in a row: the watch ends`,
  effect: 'inconclusive',
  when: ({ unanswered: { inARow, why } }: RolloutFacts) =>
    inARow >= ROLLOUT_LIMITS.unanswered ? [{ looks: inARow, why }] : [],
  say: ({ looks, why }) => `no answer in ${looks} looks in a row: ${why}`,
})

const noData = (code: 'canary-no-data' | 'stable-no-data', side: string): Told =>
  ofRows(
    code,
    'inconclusive',
    `more than ${ROLLOUT_LIMITS.missing * 100} % of looks have no figure of the ${side}`,
    ({ name, missing, looks, why }) =>
      `${name}: no figure of the ${side} in ${missing} of ${plural(missing + looks, 'look')}${why === undefined ? '' : `: ${why}`}`,
  )

const NO_TRAFFIC = rule({
  code: 'no-traffic',
  about: 'every figure of the canary is 0: nothing says that it got requests at all',
  effect: 'inconclusive',
  when: ({ rows, isTrafficKnown }: RolloutFacts) => {
    const known = rows.filter(({ canary }) => canary !== undefined)
    const isIdle = !isTrafficKnown && known.length > 0 && known.every(({ canary }) => canary === 0)
    return isIdle ? [{ metrics: known.length }] : []
  },
  say: () =>
    'every figure of the canary is 0: nothing says that it got requests (watch.traffic in the config)',
})

const STALE = ofRows(
  'stale',
  'inconclusive',
  `a figure is the same to the last digit in ${ROLLOUT_LIMITS.stale} looks in a row: nothing new was measured`,
  ({ name }) => `${name}: the same figure to the last digit, look after look: nothing new was measured`,
)

const OF_BOTH = ofRows(
  'limit-crossed-by-both',
  'inconclusive',
  'the stable version crosses the limit, too: it is not the canary’s doing',
  ({ name, limit = '', crossed = 0 }) =>
    `${name} must be ${limit}, which both versions crossed in ${plural(crossed, 'look')}`,
)

const UNSETTLED = ofRows(
  'limit-unsettled',
  'inconclusive',
  `the canary crosses a limit in the last look, or in more than ${ROLLOUT_LIMITS.unsettled * 100} % of looks`,
  ({ name, limit = '', crossed = 0, looks }) =>
    `${name} must be ${limit}, which the canary crossed in ${crossed} of ${plural(looks, 'look')}`,
)

const FEW = ofRows(
  'few-looks',
  'inconclusive',
  `fewer than ${ROLLOUT_LIMITS.leastToPromote} independent looks`,
  ({ name, looks }) =>
    `${name}: ${plural(looks, 'look')} are too few: ${ROLLOUT_LIMITS.leastToPromote} are needed that do not overlap`,
)

const NOISY = ofRows(
  'too-noisy',
  'inconclusive',
  'the canary may be worse by more than is tolerated: the looks differ too much to tell',
  (row) =>
    `cannot tell: ${rowText(row)}; it may be ${worseText(row.interval?.high ?? 0, row)} worse, and ${worseText(row.allowed ?? 0, row)} is tolerated`,
)

const HELD = rule({
  code: 'canary-held',
  about: 'no metric of the canary is worse by more than is tolerated',
  effect: 'pass',
  when: ({ rows }: RolloutFacts) => {
    const held = rows.filter(({ finding, isMain }) => isMain && finding === 'held')
    return held.length > 0 ? [{ metrics: held.map(({ name }) => name) }] : []
  },
  say: ({ metrics }) => `not worse by more than is tolerated: ${metrics.join(', ')}`,
})

const NOTHING = rule({
  code: 'nothing-asked',
  about: 'nothing was measured that decides',
  effect: 'inconclusive',
  when: () => [{}],
  say: () => 'nothing was measured that decides',
})

/** What ends a watch before its time. */
export const EARLY_STAGES: readonly VerdictStage<RolloutFacts>[] = [
  { decide: [INTERRUPTED] },
  { decide: [DOWN, CROSSED, WORSE] },
  { decide: [UNMEASURED] },
  { decide: [UNANSWERED] },
]

/** How a watch is decided at its end, in this order. */
export const ROLLOUT_STAGES: readonly VerdictStage<RolloutFacts>[] = [
  ...EARLY_STAGES,
  {
    decide: [
      noData('canary-no-data', 'canary'),
      noData('stable-no-data', 'stable version'),
      NO_TRAFFIC,
      STALE,
      OF_BOTH,
      UNSETTLED,
      FEW,
      NOISY,
    ],
  },
  { decide: [HELD] },
  { decide: [NOTHING] },
]

/** What is told beside the decision. */
export const ROLLOUT_NOTES: readonly VerdictRule<RolloutFacts>[] = [
  rule({
    code: 'looks-missing',
    about: 'some looks have no figure of a metric',
    effect: 'note',
    when: ({ rows }: RolloutFacts) =>
      rows.flatMap(({ name, missing, looks, why }) =>
        missing > 0 ? [{ metric: name, missing, of: missing + looks, why }] : [],
      ),
    say: ({ metric, missing, of, why }) =>
      `${metric}: ${missing} of ${plural(of, 'look')} gave no figure${why === undefined ? '' : `: ${why}`}`,
  }),
  rule({
    code: 'traffic-unknown',
    about: 'nobody asked whether the canary gets requests',
    effect: 'note',
    when: ({ isTrafficKnown }: RolloutFacts) => (isTrafficKnown ? [] : [{}]),
    say: () => 'nobody asked whether the canary gets requests: watch.traffic in the config, or --traffic',
  }),
]
