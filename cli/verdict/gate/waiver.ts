/** A limit that is raised for a time: by a share of the baseline or of the threshold, or by points of a share. */
export interface Raise {
  readonly by: number
  readonly unit: 'share' | 'points'
}

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

/** Reads `+15%` or `+1 points`; undefined where it is neither. */
export function raiseOf(text: string): Raise | undefined {
  const [, number = '', unit = ''] = /^\+(\d+(?:\.\d+)?)\s*(%|points?)$/.exec(text.trim()) ?? []
  const by = Number(number) / 100
  return unit === '' || by === 0 ? undefined : { by, unit: unit === '%' ? 'share' : 'points' }
}

/** Whether a waiver holds no more: its last day is over. */
export const isExpired = ({ expires }: Waiver, now: Date): boolean => now.toISOString().slice(0, 10) > expires

/** What a waiver is of, at which place. */
export const waiverPlace = ({ metric, journey, step }: Pick<Waiver, 'metric' | 'journey' | 'step'>): string =>
  [metric, step ?? journey].filter((word) => word !== undefined).join(' of ')
