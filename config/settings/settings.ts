import { PROFILE_NAMES } from '../workload/profiles.ts'
import { durationOf, numberOf, positiveOf, settingOf, urlOf, wordOf, type Setting } from './setting.ts'

declare global {
  /** False in a bundle that cannot write spans: the build leaves out what never runs. */
  var LOADWRIGHT_SPANS: boolean | undefined
}

/**
 * Every setting, once. `__ENV`, flags (`--base-url`), `--help` and the docs derive from this table; what each means
 * is in `words.ts`, which only Node reads: a bundle carries no prose.
 */
export const SETTINGS = {
  ENVIRONMENT: settingOf<string>([])('shop'),
  PROFILE: wordOf(...PROFILE_NAMES)('smoke'),
  BASE_URL: urlOf(),
  TUNNEL_URL: urlOf(),
  SCALE: positiveOf(),
  RATE: positiveOf(),
  VUS: numberOf('a whole number above 0', (value) => value > 0 && Number.isSafeInteger(value))(),
  RAMP_UP: durationOf(),
  WARM_UP: durationOf(),
  DURATION: durationOf(),
  RAMP_DOWN: durationOf(),
  SEED: numberOf('a whole number', Number.isSafeInteger)(),
  TIME_BUDGET: durationOf('10s'),
  REQUEST_TIMEOUT: durationOf('30s'),
  TRACE_RATIO: numberOf('a number from 0 to 1', (value) => value >= 0 && value <= 1)('1'),
  // The constant itself: the build leaves out what never runs.
  SPANS: (globalThis.LOADWRIGHT_SPANS !== false
    ? wordOf('off', 'console')
    : wordOf<'off' | 'console'>('off'))('off'),
  CHECK_ROWS: wordOf('abort', 'quarantine', 'off')('abort'),
  RUN_ID: settingOf('at most 64 letters, digits, dots, dashes and _, no dot or dash first', (text) =>
    /^\w[\w.-]{0,63}$/.test(text) ? text : undefined,
  )(),
  SUMMARY: wordOf('text', 'none')('text'),
} satisfies Record<string, Setting>

/** The name of a setting. */
export type SettingName = keyof typeof SETTINGS

type WithDefault = {
  [Name in SettingName]: (typeof SETTINGS)[Name] extends { default: string } ? Name : never
}[SettingName]
type ValueOf<Name extends SettingName> = NonNullable<ReturnType<(typeof SETTINGS)[Name]['read']>>

/** The validated values: durations in milliseconds; BASE_URL and SCALE filled from the environment. */
export type Settings = { readonly [Name in WithDefault | 'BASE_URL' | 'SCALE']: ValueOf<Name> } & {
  readonly [Name in Exclude<SettingName, WithDefault | 'BASE_URL' | 'SCALE'>]?: ValueOf<Name>
}

/** Variables as the shell or k6's `-e` give them. */
export type Variables = Readonly<Record<string, string | undefined>>
