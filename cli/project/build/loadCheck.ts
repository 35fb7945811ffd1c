import { isRecord, type KeyCheck } from '../../../config/problem/keys.ts'
import { sum } from '../../../config/sum.ts'

const SIZES = '{ rate }, iterations per second, or { vus }, a number above 0'
const PATTERNS =
  '{ rate, pattern }, with a pattern such as [{ times: 0.5, share: 0.7 }, { times: 2, share: 0.3 }]'

/** Whether a value is a number above 0. */
export const isPositive = (value: unknown): boolean =>
  typeof value === 'number' && value > 0 && value < Infinity

/** What is allowed as the load of a workload, where a value is not. */
export const loadCheck: KeyCheck = (value) => {
  if (!isRecord(value) || !isPositive(value.rate ?? value.vus)) return SIZES
  const { rate, pattern, ...rest } = value
  if (pattern === undefined) return Object.keys(value).length === 1 ? undefined : SIZES
  return rate !== undefined && Object.keys(rest).length === 0 && isPattern(pattern) ? undefined : PATTERNS
}

/** Levels that are held for shares of the time which add up to 1, some of them above 0. */
const isPattern = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.every(
    (part) => isRecord(part) && (part.times === 0 || isPositive(part.times)) && isPositive(part.share),
  ) &&
  value.some(({ times }) => times > 0) &&
  Math.abs(sum(value.map(({ share }) => Number(share))) - 1) < 0.01
