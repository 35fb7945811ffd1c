import { join } from 'node:path'
import { EXIT, UserError } from '../../base/index.ts'
import type { Plan } from '../../project/index.ts'
import { diskFolder } from '../../record/index.ts'
import {
  comparePairs,
  judgeAb,
  looksOf,
  measured,
  orderOf,
  PAIR_LIMITS,
  runIn,
  runningAb,
  type AbFacts,
  type AbPlan,
  type AbResult,
  type AbRun,
  type MeasuredPair,
  type PairedComparison,
  type SideName,
} from '../../verdict/index.ts'
import type { RunningCommand } from './command.ts'
import { runPlan, type RunInputs } from '../run.ts'
import { once } from './once.ts'
import { startTarget, type TargetCommand } from './target.ts'
import type { TargetLog } from './targetLog.ts'

/** A side of an A/B test: the plan of its runs, and what starts its target, if anything does. */
export interface AbSide {
  readonly plan: Plan
  /** Faults of the embedded shop. */
  readonly faults: readonly string[]
  readonly start?: { readonly target: TargetCommand; readonly log: TargetLog }
}

/** What an A/B test needs beside its plan. */
export interface AbInputs extends Pick<RunInputs, 'engine' | 'abortable' | 'say' | 'env' | 'more'> {
  readonly sides: Readonly<Record<SideName, AbSide>>
  /** The folder of the test. */
  readonly folder: string
  /** Aborted by a signal to this process. */
  readonly stopped: AbortSignal
  /** Keeps what there is so far, after each pair. */
  readonly keep: (result: AbResult) => Promise<void>
  /** Told after each pair that counts. */
  readonly progress: (so: AbProgress) => void
}

/** How far an A/B test is. */
export interface AbProgress {
  readonly counted: number
  readonly pairs: number
  readonly comparison: PairedComparison
  /** Milliseconds that the pairs which are left take at most. */
  readonly leftMs: number
}

/** A run that was made, and what it measured, where it is valid. */
interface Made {
  readonly run: AbRun
  readonly measured?: Awaited<ReturnType<typeof measured>>
}

/**
 * Makes the pairs of an A/B test, one run after another, until the last pair or until a look says that more would not
 * change the answer. A pair with an invalid run is made anew, so often. Only one side's target runs at a time where
 * commands start them, and each run gets a fresh one.
 */
export async function runPairs(plan: AbPlan, inputs: AbInputs): Promise<AbResult> {
  const looks = looksOf(plan.pairs, PAIR_LIMITS.alpha, plan.sequential)
  const mostAnew = Math.max(PAIR_LIMITS.anewLeast, Math.ceil(plan.pairs / PAIR_LIMITS.anewOf))
  const pairs: MeasuredPair[] = []
  const died: SideName[] = []
  const runs: AbRun[] = []
  let comparison = comparePairs([], 0)
  let anew = 0
  let spentMs = 0
  const facts = (end: AbFacts['end']): AbFacts => ({
    comparison,
    runs,
    counted: pairs.length + died.length,
    pairs: plan.pairs,
    sequential: plan.sequential,
    end,
  })
  const ended = (end: AbFacts['end']): AbResult => judgeAb(plan, facts(end), new Date().toISOString())
  const answered = new Set<SideName>()
  const sayOfRun = once(inputs.say)
  await inputs.keep(runningAb(plan, facts('done')))
  while (pairs.length + died.length < plan.pairs) {
    const number = pairs.length + died.length + 1
    const began = Date.now()
    const made = await makePair(number, runs.length, { ...inputs, answered, sayOfRun })
    const [pair, dead] = [whole(made), deadIn(made)]
    const isCounted = pair !== undefined || dead !== undefined
    runs.push(...made.map(({ run }) => runOf(run, isCounted)))
    if (inputs.stopped.aborted) return ended('interrupted')
    if (isCounted) {
      spentMs += Date.now() - began
      if (pair) pairs.push(pair)
      if (dead) died.push(dead)
      comparison = comparePairs(pairs, looks.get(number) ?? 0, plan.pairs, died)
      const leftMs = (spentMs / number) * (plan.pairs - number)
      inputs.progress({ counted: number, pairs: plan.pairs, comparison, leftMs })
      if (looks.has(number) && comparison.isEnough) break
    } else {
      if (++anew > mostAnew) return ended('invalid')
      inputs.say(`pair ${number} is made anew: ${made.at(-1)?.run.reason ?? ''}`)
    }
    await inputs.keep(runningAb(plan, facts('done')))
  }
  return ended('done')
}

/** Both runs of a pair, if both are valid. */
function whole(made: readonly Made[]): MeasuredPair | undefined {
  const of = (side: SideName) => made.find(({ run }) => run.side === side)?.measured
  const [base, candidate] = [of('base'), of('candidate')]
  return base && candidate ? { base, candidate } : undefined
}

/** The side whose target ended by itself, while that of the other one was measured. */
const deadIn = (made: readonly Made[]): SideName | undefined =>
  made.some(({ measured: figures }) => figures) ? made.find(({ run }) => run.died)?.run.side : undefined

/** A run in its pair: one whose target died failed, if the pair counts. */
const runOf = (run: AbRun, counted: boolean): AbRun =>
  counted && run.died ? { ...run, counted, verdict: 'fail' } : { ...run, counted }

/** What the runs of all pairs share: the sides whose target has answered once, and what says a line of a run. */
interface OfPair extends AbInputs {
  readonly answered: Set<SideName>
  readonly sayOfRun: (line: string) => void
}

/** Makes the runs of a pair; not the second one, where the first is invalid but for a target that died, or a signal ends the test. */
async function makePair(pair: number, before: number, inputs: OfPair): Promise<Made[]> {
  const made: Made[] = []
  for (const side of orderOf(pair - 1)) {
    const one = await makeRun(pair, side, { ...inputs, number: before + made.length + 1 })
    made.push(one)
    if (inputs.stopped.aborted || (one.measured === undefined && !one.run.died)) break
  }
  return made
}

/** A run of a side, with its target started for it. Throws UserError where that does not answer the first time. */
async function makeRun(pair: number, side: SideName, inputs: OfPair & { number: number }): Promise<Made> {
  const { sides, folder, stopped, number, answered } = inputs
  const { plan, faults, start } = sides[side]
  const id = `${String(number).padStart(3, '0')}-pair-${pair}-${side}`
  const began = new Date()
  const told = (how: Pick<AbRun, 'verdict' | 'reason' | 'died'>, place = ''): AbRun => ({
    pair,
    side,
    id,
    folder: place,
    startedAt: began.toISOString(),
    counted: false,
    seconds: Math.round((Date.now() - began.getTime()) / 1000),
    ...how,
  })
  let running: RunningCommand | undefined
  try {
    running = start && (await startTarget(start.target, start.log, stopped))
    answered.add(side)
  } catch (error) {
    if (stopped.aborted) return { run: told({ verdict: 'invalid', reason: 'interrupted' }) }
    if (!(error instanceof UserError) || !answered.has(side)) throw error
    return { run: told({ verdict: 'invalid', reason: error.message }) }
  }
  try {
    const { record, folder: place } = await runPlan(
      { ...plan, settings: { ...plan.settings, RUN_ID: id } },
      { ...inputs, say: inputs.sayOfRun, faults, record: 'on', quiet: true, results: join(folder, 'runs') },
      () => undefined,
    )
    const where = place.startsWith(folder) ? place.slice(folder.length + 1) : place
    const died = running?.end()
    if (died !== undefined) {
      const reason = `the command of the ${side} ended by itself during the run (${died}): ${start?.log.last().replaceAll('\n', ' ') ?? ''}`
      return { run: told({ verdict: 'invalid', reason, died: true }, where) }
    }
    const { verdict, reasons, exitCode } = record
    const run = told({ verdict, reason: reasons[0]?.text ?? '' }, where)
    if (verdict === 'invalid' || exitCode === EXIT.interrupted) return { run }
    const figures = await measured(await runIn(diskFolder(place)))
    return { run: figures.full === undefined ? run : { ...run, full: figures.full }, measured: figures }
  } finally {
    await running?.stop()
  }
}
