import type { Carts } from './carts.ts'
import type { Behaviour } from './faults/behaviour.ts'
import type { Random } from './random.ts'

/** What requests share. */
export interface Stock {
  readonly carts: Carts
  readonly behaviour: Behaviour
  readonly random: Random
  readonly today: () => Date
}
