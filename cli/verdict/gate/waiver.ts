import type { Raise } from '../../../config/gate.ts'

/** An agreed exception: until its last day a metric may be worse by so much, at a journey or a step. */
export interface Waiver {
  readonly metric: string
  readonly journey?: string
  readonly step?: string
  /** As it was written: `+15%`, `+1 points`. */
  readonly limit: string
  readonly raise: Raise
  readonly reason: string
  readonly owner: string
  readonly approvedBy: string
  readonly ticket: string
  /** The last day on which it holds, in UTC: `2026-12-31`. */
  readonly expires: string
}

/** Whether a waiver holds no more: its last day is over. */
export const isExpired = ({ expires }: Waiver, now: Date): boolean => now.toISOString().slice(0, 10) > expires

/** What a waiver is of, at which place. */
export const waiverPlace = ({ metric, journey, step }: Pick<Waiver, 'metric' | 'journey' | 'step'>): string =>
  [metric, step ?? journey].filter((word) => word !== undefined).join(' of ')
