import { PRODUCTS } from './catalog.ts'
import type { Behaviour } from './faults/behaviour.ts'
import type { Random } from './random.ts'

const MAX_RECOMMENDED = 4

/** Ids of up to four products, drawn without those of `besides` and those that nobody can open. */
export function recommend(
  besides: readonly string[],
  { random, behaviour }: { random: Random; behaviour: Behaviour },
): string[] {
  const left: string[] = []
  for (const { id } of PRODUCTS) if (!besides.includes(id) && !behaviour.isMissing(id)) left.push(id)
  const drawn: string[] = []
  while (drawn.length < MAX_RECOMMENDED && left.length > 0)
    drawn.push(...left.splice(Math.floor(random() * left.length), 1))
  return drawn
}
