/** The name of a stretch of a profile's time; the tag `phase` carries it. */
export type PhaseName = 'ramp-up' | 'warm-up' | 'steady' | 'spike' | 'recovery' | 'ramp-down'

/** A stretch of a profile's time: its name, how long it lasts (milliseconds), and whether thresholds judge it. */
export interface Phase {
  name: PhaseName
  lasts: number
  judged: boolean
}

/** Phases as one word each, `steady*:300000`: name, a star where judged, milliseconds; ` @500` may follow: a pace. */
export const encodePhases = (phases: readonly Phase[]): string =>
  phases.map(({ name, lasts, judged }) => `${name}${judged ? '*' : ''}:${lasts}`).join(' ')

/** The inverse of {@link encodePhases}; an empty or missing text has no phases. */
export const decodePhases = (text = ''): Phase[] =>
  Array.from(text.matchAll(/([\w-]+)(\*?):([\d.]+)/g), ([, name, star, lasts]) => ({
    name: name as PhaseName,
    lasts: Number(lasts),
    judged: star === '*',
  }))

/** The names of the phases that thresholds judge, in order. */
export const judgedPhases = (phases: readonly Phase[]): PhaseName[] =>
  phases.filter(({ judged }) => judged).map(({ name }) => name)
