import { unknownWord } from './nearest.ts'
import { quote, type Problem } from './problem.ts'

/** What is allowed, in words, where a value is not. */
export type KeyCheck = (value: unknown) => string | undefined

/** Problems of an object's keys: those that are needed, unknown, or not as their check allows. */
export const keyProblems = (
  value: Record<string, unknown>,
  keys: Readonly<Record<string, KeyCheck>>,
  where: string,
  needed: readonly string[] = [],
): Problem[] => {
  const at = (key: string): string => `${where}${where.endsWith('.ts') ? ': ' : '.'}${key}`
  return [
    ...needed
      .filter((key) => value[key] === undefined)
      .map((key) => ({ where: at(key), got: 'nothing', allowed: String(keys[key]?.(undefined)) })),
    ...Object.entries(value).flatMap(([key, item]) => {
      const check = Object.hasOwn(keys, key) ? keys[key] : undefined
      if (!check) return [unknownWord(where, key, Object.keys(keys))]
      const allowed = item === undefined ? undefined : check(item)
      return allowed === undefined ? [] : [{ where: at(key), got: describe(item), allowed }]
    }),
  ]
}

/** Whether a value is an object with keys. */
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A value as its author wrote it, shortened. */
export const describe = (value: unknown): string => {
  if (typeof value === 'string') return quote(value)
  return typeof value === 'function' ? 'a function' : quote(JSON.stringify(value ?? null))
}
