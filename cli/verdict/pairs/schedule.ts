/** Which of both is loaded. */
export type SideName = 'base' | 'candidate'

const FORWARDS = ['base', 'candidate'] as const
const BACKWARDS = ['candidate', 'base'] as const

/**
 * The order within a pair, counted from 0: A B, B A, B A, A B … (Thue and Morse's sequence). Of each two pairs one is
 * the other way round, which takes a steady drift of the machine out of the mean, and each eight take out a bent one.
 */
export function orderOf(pair: number): readonly [SideName, SideName] {
  let ones = 0
  for (let rest = pair; rest > 0; rest = Math.floor(rest / 2)) ones += rest % 2
  return ones % 2 === 0 ? FORWARDS : BACKWARDS
}
