import type { Reason, Verdict } from '../../record/index.ts'
import type { Row, RowVerdict } from '../comparison/row.ts'
import type { SideName } from './schedule.ts'

/** The version of `ab.json`'s shape; described in docs/ab.md. */
export const AB_SCHEMA = 1

/** A run of an A/B test. */
export interface AbRun {
  /** The pair that it belongs to, from 1; of a pair that was made anew there are several. */
  readonly pair: number
  readonly side: SideName
  readonly id: string
  /** Its folder, as seen from that of the test. */
  readonly folder: string
  readonly startedAt: string
  readonly seconds: number
  readonly verdict: Verdict
  /** Its most important reason. */
  readonly reason: string
  /** It is half of a pair that is compared. */
  readonly counted: boolean
  /** The command that started its target ended by itself: a failed run, of whose pair nothing else is compared. */
  readonly died?: true
  /** The share of the judged time in which the machine had no CPU left, 0 to 1; absent if unknown. */
  readonly full?: number
}

/** How an A/B test was asked for. */
export interface AbPlan {
  readonly id: string
  readonly startedAt: string
  readonly suite: string
  readonly profile: string
  readonly environment: string
  /** What each side is: a URL, a command, a commit, the embedded shop. */
  readonly base: string
  readonly candidate: string
  /** Pairs that were declared beforehand. */
  readonly pairs: number
  /** Whether it may end before the last of them. */
  readonly sequential: boolean
}

/** What an A/B test has come to: `ab.json`. */
export interface AbResult extends AbPlan {
  readonly loadwright: 'ab'
  readonly schema: typeof AB_SCHEMA
  readonly state: 'running' | 'ended'
  readonly endedAt?: string
  readonly verdict: Verdict
  readonly exitCode: number
  /** The answer in a sentence. */
  readonly text: string
  readonly reasons: readonly Reason[]
  readonly notes: readonly Reason[]
  /** Pairs that are compared. */
  readonly counted: number
  /** What the comparison says. */
  readonly change: RowVerdict
  readonly runs: readonly AbRun[]
  readonly rows: readonly Row[]
}
