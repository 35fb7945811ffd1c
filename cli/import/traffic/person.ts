import { wordsOf } from '../secrets/wordsOf.ts'
import { isQuery } from './isQuery.ts'

/** What differs from one user to the next, by the last words of a field's name. */
const COLUMNS: readonly (readonly [RegExp, string])[] = [
  [/\b(?:e ?mail|mail)(?: address)?$/i, 'email'],
  [/\b(?:user ?name|user|login)(?: name)?$/i, 'user'],
  [/\b(?:first|given) ?name$/i, 'firstName'],
  [/\b(?:last|family|sur) ?name$/i, 'lastName'],
  [/\bfull ?name$/i, 'fullName'],
  [/\b(?:phone|tel|telephone|mobile)(?: number)?$/i, 'phone'],
  [/\b(?:street|address)(?: ?line)?(?: ?\d| address)?$/i, 'street'],
  [/\b(?:city|town)$/i, 'city'],
  [/\b(?:zip(?: ?code)?|post(?:al)? ?code)$/i, 'zipCode'],
  [/^(?:q|query|search|keywords?|(?:search )?term)$/i, 'searchTerm'],
]

/** The column of a pool that holds what a user types into a field; undefined for what is the same for all. */
export function personColumn(name: string, value: string): string | undefined {
  if (value.length > 200 || /^(?:true|false|\d)$/i.test(value) || isQuery(value)) return undefined
  const words = wordsOf(name)
  return COLUMNS.find(([pattern]) => pattern.test(words))?.[1]
}
