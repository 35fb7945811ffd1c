import type { Common } from './common.ts'
import type { Figure } from './figures.ts'
import type { View } from './held.ts'

/** A figure over runs as it is, and without what the places of each run have in common. */
export interface Views {
  readonly whole: Omit<View, 'alike'>
  readonly beside: Omit<View, 'alike'> | undefined
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
