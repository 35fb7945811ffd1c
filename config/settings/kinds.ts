import { DURATION_FORMS, parseDuration } from '../duration.ts'
import { parseHttpUrl } from '../url.ts'
import type { ProfileName } from '../workload/profiles.ts'

/** The values of each kind of setting: durations are milliseconds, counts are integers, ratios from 0 to 1. */
export interface ValueOfKind {
  environment: string
  profile: ProfileName
  url: string
  positive: number
  count: number
  seed: number
  ratio: number
  duration: number
  text: string
  spans: 'off' | 'console'
  rows: 'abort' | 'quarantine' | 'off'
  summary: 'text' | 'none'
}

/** How a setting's text is read. */
export type SettingKind = keyof ValueOfKind

/** One row of the settings table. */
export interface Setting {
  kind: SettingKind
  /** Used where nothing is set; without one the setting stays undefined. */
  default: string | undefined
  /** What it may be: one of these words, or what {@link read} takes, in words. */
  allowed: string | readonly string[]
  /** The value of a text; undefined for what is not allowed. */
  read(text: string): string | number | undefined
}

/** Makes the settings of a kind: what is allowed in words, how a text is read; then the default of each. */
export const settingKind =
  <Kind extends SettingKind>(
    name: Kind,
    allowed: Setting['allowed'],
    read: Setting['read'] = (text) => text,
  ) =>
  <Default extends string | undefined = undefined>(otherwise?: Default) => ({
    kind: name,
    allowed,
    read,
    default: otherwise as Default,
  })

/** A kind of settings that are numbers. */
export const numberKind = <Kind extends SettingKind>(
  name: Kind,
  allowed: string,
  holds: (value: number) => boolean,
) =>
  settingKind(name, allowed, (text) => {
    const value = /[^\d.e+-]/i.test(text) ? NaN : Number(text)
    return holds(value) ? value : undefined
  })

/** A number above 0. */
export const positiveKind = numberKind(
  'positive',
  'a number above 0',
  (value) => value > 0 && value < Infinity,
)

/** A duration, read as milliseconds. */
export const durationKind = settingKind('duration', DURATION_FORMS, parseDuration)

/** An http or https URL without query, read without its trailing slash. */
export const urlKind = settingKind(
  'url',
  'an http or https URL without query, such as http://127.0.0.1:8080',
  (text) => parseHttpUrl(text)?.base,
)
