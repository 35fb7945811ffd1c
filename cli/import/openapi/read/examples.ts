import type { Documents } from './documents.ts'
import { child, children, type Place } from './place.ts'

/** The examples that a parameter or a content has: `example`, then each value of `examples`. */
export function examplesOf(place: Place, documents: Documents): Place[] {
  const listed = children(child(place, 'examples')).map((one) => child(documents.follow(one), 'value'))
  return [child(place, 'example'), ...listed].filter(({ value }) => value !== undefined)
}
