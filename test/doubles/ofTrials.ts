import { Z_95 } from '../../cli/verdict/statistics/normal.ts'
import { wilson } from '../../cli/verdict/statistics/proportions.ts'
import { read } from '../pages.ts'

/** What a page has to say of a table of so many trials: `0 of 200 says with 95 % confidence: at most 1.9 %`. */
const noneOf = (trials: number): string =>
  `0 of ${trials} says with 95 % confidence: at most ${(wilson({ part: 0, of: trials }, Z_95).high * 100).toFixed(1)} %`

/** Whether a page says of how many trials a table is, and how little none of them tells. */
export const tellsTrials = (page: string, trials: number): boolean =>
  read(page).replace(/\s+/g, ' ').includes(noneOf(trials))
