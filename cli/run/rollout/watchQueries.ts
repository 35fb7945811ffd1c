import { refuse } from '../../base/index.ts'
import {
  decideRollout,
  judgeMetric,
  type Look,
  type RolloutDecision,
  type RolloutFacts,
} from '../../verdict/index.ts'
import type { Ask } from './ask.ts'
import type { Clock } from './clock.ts'
import { lookAt, type Versions } from './look.ts'
import type { WatchRun } from './plan.ts'
import type { Questions } from './question.ts'

/** A watch by questions: what is asked, of whom, how often. */
export interface QueryWatch extends WatchRun {
  readonly ask: Ask
  readonly questions: Questions
  readonly versions: Versions
  /** Looks, and milliseconds between them. */
  readonly planned: number
  readonly intervalMs: number
  readonly clock: Clock
}

/** Asks everything once. Throws UserError where nobody answers, and with each question that gives no number by its form. */
export async function tryQuestions({ ask, questions, versions, clock, signal }: QueryWatch): Promise<void> {
  const { unanswered, wrong } = await lookAt(ask, questions, versions, { at: new Date(clock.now()), signal })
  refuse(wrong)
  if (unanswered !== undefined) refuse([`--prometheus: the server ${unanswered}`])
}

/** Looks at both versions until something is decided. */
export async function watchQueries(watch: QueryWatch): Promise<RolloutDecision> {
  const { ask, questions, versions, planned, intervalMs, clock, signal, tell } = watch
  const looks: Look[][] = questions.metrics.map(() => [])
  let unanswered: RolloutFacts['unanswered'] = { inARow: 0, why: '' }
  let next = clock.now()
  for (let made = 0; ;) {
    const facts: RolloutFacts = {
      ...versions,
      looks: made,
      planned,
      unanswered,
      isInterrupted: signal.aborted,
      rows: questions.metrics.map(({ metric }, index) =>
        judgeMetric(metric, looks[index] ?? [], { looks: planned, metrics: questions.metrics.length }),
      ),
      unmeasured: undefined,
      down: undefined,
      isTrafficKnown: questions.traffic !== undefined,
    }
    if (made > 0 && !signal.aborted) tell(facts)
    const decision = decideRollout(facts, new Date(clock.now()))
    if (decision) return decision
    next = Math.max(next + intervalMs, clock.now())
    await clock.until(next, signal)
    if (signal.aborted) continue
    const looked = await lookAt(ask, questions, versions, { at: new Date(clock.now()), signal }).catch(
      (error: unknown) => {
        if (signal.aborted) return undefined
        throw error
      },
    )
    if (looked === undefined) continue
    for (const [index, one] of looked.looks.entries()) looks[index]?.push(one)
    made++
    unanswered =
      looked.unanswered === undefined
        ? { inARow: 0, why: '' }
        : { inARow: unanswered.inARow + 1, why: looked.unanswered }
  }
}
