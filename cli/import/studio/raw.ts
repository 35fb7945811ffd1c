/** An object of a file that nobody has checked yet. */
export type Raw = Readonly<Record<string, unknown>>

/** Whether a value is an object, and no list. */
export const isRecord = (value: unknown): value is Raw =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The text at a key; undefined for anything else. */
export const textAt = (raw: Raw, key: string): string | undefined => {
  const value = raw[key]
  return typeof value === 'string' ? value : undefined
}
