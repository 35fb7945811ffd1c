import {
  type Block,
  type BlockPair,
  decideRollout,
  loadRows,
  type LoadTolerances,
  ROLLOUT_LIMITS,
  type RolloutDecision,
  type RolloutFacts,
} from '../../verdict/index.ts'
import type { Versions } from './look.ts'
import type { WatchRun } from './plan.ts'

/** Which version a run is of. */
export type Side = keyof Versions

/** A run that was made: what it measured, or why it says nothing. */
export interface Made {
  readonly block?: Block
  readonly why?: string
  /** The version does not work at all: it does not answer, or answers everything with an error. */
  readonly isDown: boolean
  readonly isInterrupted: boolean
}

/** A watch by load. */
export interface LoadWatch extends WatchRun {
  readonly versions: Versions
  readonly tolerances: LoadTolerances
  readonly make: (side: Side) => Promise<Made>
}

/** Pairs in a row in which the canary alone does not work, after which it is rolled back. */
const DOWN = 2

/** A pair of runs by the side. */
type MadePair = Readonly<Partial<Record<Side, Made>>>

/**
 * Makes pairs of runs, one on each version, until something is decided. The first pair warms both up: it only tells
 * whether they work.
 */
export async function watchLoad({
  versions,
  tolerances,
  make,
  signal,
  tell,
}: LoadWatch): Promise<RolloutDecision> {
  const { planned } = tolerances
  const pairs: BlockPair[] = []
  const seen = { down: 0, unmeasured: 0, why: '', downWhy: '' }
  for (let made = 0; ; made++) {
    const pair = await madePair(made, make, signal)
    const isInterrupted = signal.aborted || sidesOf(pair).some((one) => one.isInterrupted)
    const { stable, canary } = pair
    const isDown = canary?.isDown === true && stable?.isDown === false
    seen.down = isDown ? seen.down + 1 : 0
    if (isDown) seen.downWhy = canary.why ?? ''
    const isWhole = stable?.block !== undefined && canary?.block !== undefined
    seen.unmeasured = isWhole ? 0 : seen.unmeasured + 1
    if (!isWhole) seen.why = whyOf(pair)
    if (isWhole && made > 0) pairs.push({ stable: stable.block, canary: canary.block })
    const isLast = made >= planned
    const isLost =
      seen.unmeasured >= ROLLOUT_LIMITS.unanswered ||
      (isLast && pairs.length < planned * (1 - ROLLOUT_LIMITS.missing))
    const facts: RolloutFacts = {
      ...versions,
      looks: isInterrupted ? Math.max(0, made - 1) : made,
      planned,
      isInterrupted,
      rows: pairs.length > 0 ? loadRows(pairs, tolerances) : [],
      unanswered: { inARow: 0, why: '' },
      unmeasured: isLost ? seen.why : undefined,
      down: seen.down >= DOWN ? seen.downWhy : undefined,
      isTrafficKnown: true,
    }
    if (made > 0 && !isInterrupted) tell(facts)
    const decision = decideRollout(facts, new Date())
    if (decision) return decision
  }
}

const sidesOf = (pair: MadePair): Made[] => Object.values(pair)

/** The order within pairs: stable canary, canary stable …: what drifts changes both. */
const ORDERS = [
  ['stable', 'canary'],
  ['canary', 'stable'],
] as const satisfies Side[][]

async function madePair(number: number, make: LoadWatch['make'], signal: AbortSignal): Promise<MadePair> {
  const pair: Partial<Record<Side, Made>> = {}
  for (const side of ORDERS[number % 2] ?? []) {
    if (signal.aborted) break
    const made = await make(side)
    pair[side] = made
    if (made.isInterrupted) break
  }
  return pair
}

const whyOf = (pair: MadePair): string =>
  Object.entries(pair)
    .flatMap(([side, { block, why }]) => (block ? [] : [`${side}: ${why ?? 'it was not measured'}`]))
    .join('; ')
