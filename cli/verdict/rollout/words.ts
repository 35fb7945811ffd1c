import { bytes, number, share, time } from '../../base/index.ts'
import type { RolloutUnit } from './metric.ts'
import type { RolloutRow } from './row.ts'

/** A figure in its unit. */
export function valueText(value: number | undefined, unit: RolloutUnit): string {
  if (value === undefined) return '–'
  if (unit === 'share') return share(value)
  if (unit === 's') return time(value * 1000)
  if (unit === 'ms') return time(value)
  return unit === 'bytes' ? bytes(value) : number(value)
}

/** A change in points of a share, else in percent of the stable version, else in its unit. */
export function worseText(change: number, { unit, stable = 0 }: Pick<RolloutRow, 'unit' | 'stable'>): string {
  const sign = change < 0 ? '−' : '+'
  const size = Math.abs(change)
  if (unit === 'share') return `${sign}${number(Number((size * 100).toPrecision(2)))} points`
  return stable === 0
    ? `${sign}${valueText(size, unit)}`
    : `${sign}${number(Number(((size / Math.abs(stable)) * 100).toPrecision(2)))} %`
}

/** `p95 412 ms → 560 ms (+36 %)`: the stable version's figure and the canary's. */
export function rowText(row: RolloutRow): string {
  const { name, unit, stable, canary, better, worse } = row
  if (stable === undefined || canary === undefined || worse === undefined) return name
  const change = worseText(better === 'lower' ? worse : -worse, row)
  return `${name} ${valueText(stable, unit)} → ${valueText(canary, unit)} (${change})`
}
