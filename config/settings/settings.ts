import { withSpans } from '../withSpans.ts'
import { PROFILE_NAMES } from '../workload/profiles.ts'
import {
  durationKind,
  numberKind,
  positiveKind,
  settingKind,
  urlKind,
  type Setting,
  type ValueOfKind,
} from './kinds.ts'

/**
 * Every setting, once. `__ENV`, flags (`--base-url`), `--help` and the docs derive from this table; what each means
 * is in `words.ts`, which only Node reads: a bundle carries no prose.
 */
export const SETTINGS = {
  ENVIRONMENT: settingKind('environment', [])('shop'),
  PROFILE: settingKind('profile', PROFILE_NAMES)('smoke'),
  BASE_URL: urlKind(),
  TUNNEL_URL: urlKind(),
  SCALE: positiveKind(),
  RATE: positiveKind(),
  VUS: numberKind('count', 'a whole number above 0', (value) => value > 0 && Number.isSafeInteger(value))(),
  RAMP_UP: durationKind(),
  WARM_UP: durationKind(),
  DURATION: durationKind(),
  RAMP_DOWN: durationKind(),
  SEED: numberKind('seed', 'a whole number', Number.isSafeInteger)(),
  TIME_BUDGET: durationKind('10s'),
  REQUEST_TIMEOUT: durationKind('30s'),
  TRACE_RATIO: numberKind('ratio', 'a number from 0 to 1', (value) => value >= 0 && value <= 1)('1'),
  SPANS: settingKind('spans', withSpans ? ['off', 'console'] : ['off'])('off'),
  CHECK_ROWS: settingKind('rows', ['abort', 'quarantine', 'off'])('abort'),
  RUN_ID: settingKind(
    'text',
    'at most 64 letters, digits, dots, dashes and _, no dot or dash first',
    (text) => (/^\w[\w.-]{0,63}$/.test(text) ? text : undefined),
  )(),
  SUMMARY: settingKind('summary', ['text', 'none'])('text'),
} satisfies Record<string, Setting>

/** The name of a setting. */
export type SettingName = keyof typeof SETTINGS

type WithDefault = {
  [Name in SettingName]: (typeof SETTINGS)[Name] extends { default: string } ? Name : never
}[SettingName]
type ValueOf<Name extends SettingName> = ValueOfKind[(typeof SETTINGS)[Name]['kind']]

/** The validated values: durations in milliseconds; BASE_URL and SCALE filled from the environment. */
export type Settings = { readonly [Name in WithDefault | 'BASE_URL' | 'SCALE']: ValueOf<Name> } & {
  readonly [Name in Exclude<SettingName, WithDefault | 'BASE_URL' | 'SCALE'>]?: ValueOf<Name>
}

/** Variables as the shell or k6's `-e` give them. */
export type Variables = Readonly<Record<string, string | undefined>>
