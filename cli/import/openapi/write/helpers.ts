import { IN_FILE_PARTS, IN_PARTS } from '../../write/requests/parts.ts'

/** Functions of a client module, by their names; each stands before those that use it. */
export const HELPERS = {
  Plain: 'type Plain = string | number | boolean',
  Answer: `/** An answer, whose JSON is a T. */
export interface Answer<T> extends Response {
  json<Part = T>(selector?: string): Part
}`,
  present: `/** What is given of fields that may be left out. */
const present = <T>(fields: Readonly<Record<string, T | null | undefined>>): Record<string, T> =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) =>
      value === undefined || value === null ? [] : [[name, value] as const],
    ),
  )`,
  texts: `/** Headers or cookies that are given. */
const texts = (fields: Readonly<Record<string, Plain | null | undefined>>): Record<string, string> =>
  Object.fromEntries(Object.entries(present(fields)).map(([name, value]) => [name, String(value)]))`,
  inParts: IN_PARTS,
  inFileParts: IN_FILE_PARTS,
  deep: `/** The fields of an object as parameters, each by the name that it has in a query. */
const deep = (value: object | undefined, nameOf: (key: string) => string): Record<string, Plain> =>
  Object.fromEntries(Object.entries(value ?? {}).map(([key, one]) => [nameOf(key), one as Plain]))`,
  queryOf: `/** The query of the parameters that are given. */
const queryOf = (fields: Readonly<Record<string, Plain | readonly Plain[] | null | undefined>>): string => {
  const given = present(fields)
  return Object.keys(given).length === 0 ? '' : query(given)
}`,
} as const

/** A function of a client module. */
export type Helper = keyof typeof HELPERS

const NEEDS: Readonly<Partial<Record<Helper, readonly Helper[]>>> = {
  texts: ['Plain', 'present'],
  deep: ['Plain'],
  queryOf: ['Plain', 'present'],
}

/** The functions that are used, with those that they use. */
export function helperTexts(used: ReadonlySet<Helper>): string[] {
  const all = new Set([...used].flatMap((one) => [one, ...(NEEDS[one] ?? [])]))
  // That of files does what the other does.
  if (all.has('inFileParts')) all.delete('inParts')
  return (Object.keys(HELPERS) as Helper[]).filter((one) => all.has(one)).map((one) => HELPERS[one])
}
