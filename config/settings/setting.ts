import { DURATION_FORMS, parseDuration } from '../duration.ts'
import { parseHttpUrl } from '../url.ts'

/** One row of the settings table. */
export interface Setting<Value extends string | number = string | number> {
  /** Used where nothing is set; without one the setting stays undefined. */
  default: string | undefined
  /** What it may be: one of these words, or what {@link read} takes, in words. */
  allowed: string | readonly string[]
  /** The value of a text; undefined for what is not allowed. */
  read(text: string): Value | undefined
}

/** Makes settings of a kind, each of a default of its own: what is allowed in words, and how a text is read. */
export const settingOf =
  <Value extends string | number>(
    allowed: Setting['allowed'],
    read: Setting<Value>['read'] = (text) => text as Value,
  ) =>
  <Default extends string | undefined = undefined>(otherwise?: Default) => ({
    allowed,
    read,
    default: otherwise as Default,
  })

/** A setting that is one of a few words. */
export const wordOf = <const Word extends string>(...words: readonly Word[]) => settingOf<Word>(words)

/** A setting that is a number. */
export const numberOf = (allowed: string, holds: (value: number) => boolean) =>
  settingOf(allowed, (text) => {
    const value = /[^\d.e+-]/i.test(text) ? NaN : Number(text)
    return holds(value) ? value : undefined
  })

/** A setting that is a number above 0. */
export const positiveOf = numberOf('a number above 0', (value) => value > 0 && value < Infinity)

/** A setting that is a duration, read as milliseconds. */
export const durationOf = settingOf(DURATION_FORMS, parseDuration)

/** A setting that is an http or https URL without query, read without its trailing slash. */
export const urlOf = settingOf(
  'an http or https URL without query, such as http://127.0.0.1:8080',
  (text) => parseHttpUrl(text)?.base,
)
