import type { Common } from './common.ts'
import type { Figure } from './figures.ts'
import type { View } from './held.ts'
import { deviation, rootMeanSquare } from '../statistics/robust.ts'
import type { RowSubject } from './row.ts'

/** A figure over runs as it is, and without what the places of each run have in common. */
export interface Views {
  readonly whole: Omit<View, 'kin'>
  readonly beside: Omit<View, 'kin'> | undefined
}

/** Both views of a figure; `common` is of the same runs in the same order. */
export function viewsOf(base: readonly Figure[], candidate: Figure, common: Common | undefined): Views {
  const whole = { base: base.map(({ value }) => value), candidate: candidate.value }
  const without = (value: number, shift = 0): number => value * Math.exp(-shift)
  return {
    whole,
    beside: common && {
      base: whole.base.map((value, at) => without(value, common.base[at])),
      candidate: without(whole.candidate, common.candidate),
    },
  }
}

/** The noise that rows of one quantity have in common, in each view. */
export type Kin = (quantity: RowSubject['quantity'], view: keyof Views) => number

/** That of some rows, by the root mean square of their noises. */
export function kinOf(
  rows: readonly { readonly quantity: RowSubject['quantity']; readonly views: Views }[],
): Kin {
  const noises = new Map<string, number[]>()
  for (const { quantity, views } of rows)
    for (const view of ['whole', 'beside'] as const) {
      const { base = [] } = views[view] ?? {}
      if (base.length === 0 || base.some((value) => value <= 0)) continue
      const key = `${quantity} ${view}`
      noises.set(key, [...(noises.get(key) ?? []), deviation(base.map(Math.log))])
    }
  const kin = new Map([...noises].map(([key, all]) => [key, rootMeanSquare(all)]))
  return (quantity, view) => kin.get(`${quantity} ${view}`) ?? 0
}
