import { truncate } from '../base/index.ts'

/** A figure or a name of a sentence, or a list of names. */
export type Datum = string | number | boolean | readonly string[]

/** Why a verdict is what it is, what a reader should know, or what could not be recorded. */
export interface Reason {
  /** What is the matter, by a name that stays the same: see docs/reasons.md. */
  readonly code: string
  /** The same for a person, in a sentence. */
  readonly text: string
  /** The figures and names that the sentence has, each of bounded length. */
  readonly data: Readonly<Record<string, Datum>>
}

/** Characters of a name, and names of a list, that a reason's data keep. */
const MAX_CHARACTERS = 500
const MAX_NAMES = 10

/** Data of a reason: values by name; undefined values are omitted. */
export type Values<Of> = { readonly [Key in keyof Of]: Datum | undefined }

/** A reason with data of bounded length, whatever a target or a script put into them. */
export function reasonOf<Found extends Values<Found>>(code: string, text: string, found: Found): Reason {
  const data = Object.entries<Datum | undefined>(found).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, short(value)] as const],
  )
  return { code, text, data: Object.fromEntries(data) }
}

const short = (value: Datum): Datum =>
  typeof value === 'string'
    ? truncate(value, MAX_CHARACTERS)
    : typeof value === 'object'
      ? value.slice(0, MAX_NAMES).map((name) => truncate(name, MAX_CHARACTERS))
      : value

/** The sentences of reasons. */
export const textsOf = (reasons: readonly Pick<Reason, 'text'>[]): string[] => reasons.map(({ text }) => text)
