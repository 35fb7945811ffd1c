import type { Raise } from '../../../config/gate.ts'
import { FAILED_SHARES } from '../../record/index.ts'
import { figuresOfRun, type Figure } from '../comparison/figures.ts'
import { LIMITS } from '../comparison/limits.ts'
import type { RowSubject } from '../comparison/row.ts'
import { rowName } from '../comparison/words.ts'
import type { BlockPair } from './block.ts'
import { judgeMetric } from './judge.ts'
import type { Look } from './metric.ts'
import type { RolloutRow } from './row.ts'
import { thresholdRows } from './thresholdRows.ts'

/** What a watch by load tolerates of times and of shares of failures, and how many pairs it makes. */
export interface LoadTolerances {
  readonly times: Raise
  readonly failures: Raise
  readonly planned: number
}

/** A figure of both runs, of each pair. */
interface PairedFigures {
  readonly subject: RowSubject
  readonly pairs: readonly { readonly stable: Figure | undefined; readonly canary: Figure | undefined }[]
  /** Every run has samples enough for it. */
  readonly isComplete: boolean
}

/**
 * What pairs of runs say so far: the shares of failures, by their counts, and the times of every journey and step, each
 * pair one look, and the suite's thresholds.
 */
export function loadRows(pairs: readonly BlockPair[], tolerances: LoadTolerances): RolloutRow[] {
  const all = pairedFigures(pairs)
  const main = all.filter((one) => isMain(one, all))
  const judged = all
    .filter((one) => one.isComplete || main.includes(one))
    .toSorted((a, b) => Number(isShare(b)) - Number(isShare(a)))
  const steps = all.flatMap(({ subject: { step, journey } }) =>
    step === undefined ? [] : [[step, journey] as const],
  )
  const isShared = (step: string): boolean =>
    new Set(steps.filter(([name]) => name === step).map(([, journey]) => journey)).size > 1
  const size = { looks: tolerances.planned, metrics: judged.length }
  return [
    ...judged.map((one) => {
      const { subject } = one
      const isOfFailures = isShare(one)
      return judgeMetric(
        {
          name: rowName(subject, { step: isShared, phases: false }),
          unit: isOfFailures ? 'share' : 'ms',
          better: 'lower',
          tolerance: isOfFailures ? tolerances.failures : tolerances.times,
          floor: isOfFailures ? 0 : LIMITS.ms,
          fresh: 1,
          isMain: main.includes(one),
        },
        one.pairs.map(lookOf),
        size,
      )
    }),
    ...thresholdRows(pairs),
  ]
}

const isShare = ({ subject }: PairedFigures): boolean => subject.unit === 'share'

const TIMES = ['group_duration', 'journey_duration']

/** Failures, p50 and p95 of journeys and steps, in the judged phases. */
const isJudged = ({ metric, quantity, phase }: RowSubject, phases: readonly string[]): boolean =>
  (phase === '' || phases.includes(phase)) &&
  (FAILED_SHARES.includes(metric) || (TIMES.includes(metric) && ['p50', 'p95'].includes(quantity)))

function pairedFigures(pairs: readonly BlockPair[]): PairedFigures[] {
  const phases = pairs[0]?.canary.measured.judgedPhases ?? []
  const runs = pairs.map(({ stable, canary }) => ({
    stable: figuresOfRun(stable.measured),
    canary: figuresOfRun(canary.measured),
  }))
  const keys = new Set(runs.flatMap(({ stable, canary }) => [...stable.keys(), ...canary.keys()]))
  return [...keys].flatMap((key): PairedFigures[] => {
    const found = runs.map(({ stable, canary }) => ({ stable: stable.get(key), canary: canary.get(key) }))
    const subject = found.flatMap(({ stable, canary }) => stable ?? canary ?? [])[0]?.subject
    if (subject === undefined || !isJudged(subject, phases)) return []
    const isComplete = found.every(({ stable, canary }) =>
      [stable, canary].every((one) => one && isEnough(one)),
    )
    return [{ subject, pairs: found, isComplete }]
  })
}

/** One sample beyond the quantile: of so few it is crooked, but on both sides alike, and how much it scatters is seen. */
const isEnough = ({ samples, needed }: Figure): boolean => samples * LIMITS.beyond >= needed

/** What a promotion needs: of each journey its failures, and its p95, where every run has samples enough, else p50. */
function isMain({ subject, isComplete }: PairedFigures, all: readonly PairedFigures[]): boolean {
  const { step, journey, quantity, metric } = subject
  if (step !== undefined || journey === undefined) return false
  if (quantity === 'share') return true
  if (quantity === 'p95') return isComplete
  const p95 = all.find(
    (one) =>
      one.subject.journey === journey &&
      one.subject.step === undefined &&
      one.subject.metric === metric &&
      one.subject.quantity === 'p95',
  )
  return p95?.isComplete !== true
}

function lookOf({ stable, canary }: PairedFigures['pairs'][number]): Look {
  const known = {
    ...(stable && isEnough(stable) ? { stable: stable.value } : {}),
    ...(canary && isEnough(canary) ? { canary: canary.value } : {}),
  }
  if (!('stable' in known) || !('canary' in known)) return { ...known, why: 'too few samples in a run' }
  if (!stable?.proportion || !canary?.proportion) return known
  return { ...known, counts: { stable: stable.proportion, canary: canary.proportion } }
}
