import { describe, isRecord } from '../problem/keys.ts'
import { unknownWord } from '../problem/nearest.ts'
import type { Problem } from '../problem/problem.ts'
import type { Setting } from './setting.ts'
import { SETTINGS, type SettingName } from './settings.ts'

/** Settings that an environment says by keys of its own, or that each run sets for itself. */
const ELSEWHERE = ['ENVIRONMENT', 'BASE_URL', 'SCALE', 'RUN_ID', 'TUNNEL_URL', 'SUMMARY', 'SPANS'] as const

/** The settings that an environment may have defaults of. */
export type EnvironmentSetting = Exclude<SettingName, (typeof ELSEWHERE)[number]>

/** Defaults of settings in an environment, as a person writes them, by name. */
export type EnvironmentSettings = Readonly<Partial<Record<EnvironmentSetting, string>>>

const NAMES = Object.keys(SETTINGS).filter((name) => !(ELSEWHERE as readonly string[]).includes(name))

/** Every problem with the `settings` of an environment; `where` says which. */
export const environmentSettingProblems = (value: unknown, where: string): Problem[] => {
  if (!isRecord(value))
    return [{ where, got: describe(value), allowed: "settings such as { PROFILE: 'load', DURATION: '2m' }" }]
  return Object.entries(value).flatMap(([name, text]) => {
    if (!NAMES.includes(name)) return [unknownWord(where, name, NAMES)]
    const setting: Setting = SETTINGS[name as SettingName]
    const { allowed } = setting
    const isWell =
      typeof text === 'string' &&
      (Array.isArray(allowed) ? allowed.includes(text) : setting.read(text) !== undefined)
    return isWell || text === undefined
      ? []
      : [
          {
            where: `${where}.${name}`,
            got: describe(text),
            allowed: `as a text: ${[allowed].flat().join(', ')}`,
          },
        ]
  })
}
