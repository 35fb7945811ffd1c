import { andMore, plural } from '../../base/index.ts'
import { cutText, type Comparison, type Difference } from '../../verdict/index.ts'

/** Runs that were left out and are named at most. */
const MAX_LEFT_OUT = 3

/** Which runs were left out and why, the first of them; '' where none was. */
export const leftOutText = (runs: NonNullable<Comparison['unmeasured']>): string =>
  andMore(
    runs.slice(0, MAX_LEFT_OUT).map(({ id, why }) => `${id}: ${why}`),
    runs.length - MAX_LEFT_OUT,
  ).join('; ')

/** What is compared with what, in a line, and what had to be left out. */
export function aboutText({ base, candidate, unmeasured = [], cut = {} }: Comparison): string {
  const [only] = base.runs
  const runs = base.runs.length === 1 && only !== undefined ? only : plural(base.runs.length, 'run')
  const left = leftOutText(unmeasured)
  return [
    `${candidate.id} (${candidate.verdict}) against ${base.name === only ? only : `${base.name}: ${runs}`}`,
    ...(left === '' ? [] : [`left out: ${left}`]),
    ...Object.entries(cut).map(([metric, count]) => cutText(metric, count)),
  ].join('; ')
}

/** Values of a difference at most. */
const MAX_VALUES = 3
const MAX_CHARACTERS = 80

const short = (value: string): string =>
  value === '' ? 'none' : value.length > MAX_CHARACTERS ? `${value.slice(0, MAX_CHARACTERS - 1)}…` : value

/** A difference in a line: `version: 2.4.1 → 2.5.0`. */
export function differenceText({ what, base, candidate }: Difference): string {
  const more = base.length > MAX_VALUES ? ` and ${base.length - MAX_VALUES} others` : ''
  return `${what}: ${base.slice(0, MAX_VALUES).map(short).join(', ')}${more} → ${short(candidate)}`
}
