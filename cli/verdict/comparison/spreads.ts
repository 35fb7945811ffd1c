import type { MeasuredRun } from '../../record/index.ts'
import { figuresOfRun } from './figures.ts'
import { deviation, median } from '../statistics/robust.ts'
import type { RowSubject } from './row.ts'

/** A figure over the runs of a baseline: its median, and of several runs its standard deviation as a share of it. */
export interface FigureSpread extends RowSubject {
  readonly runs: number
  readonly median: number
  readonly noise?: number
}

/** Every figure of some runs. */
export function spreadsOf(runs: readonly MeasuredRun[]): FigureSpread[] {
  const all = runs.map(figuresOfRun)
  const keys = [...new Set(all.flatMap((figures) => [...figures.keys()]))]
  return keys.flatMap((key) => {
    const figures = all.flatMap((of) => of.get(key) ?? [])
    const values = figures.map(({ value }) => value)
    const middle = median(values)
    const [first] = figures
    if (first === undefined) return []
    const noise = values.length > 1 && middle > 0 ? { noise: deviation(values) / middle } : {}
    return [{ ...first.subject, runs: values.length, median: middle, ...noise }]
  })
}
