import { expect, test } from 'vitest'
import { ENVIRONMENTS } from './environments.ts'
import { PROFILE_NAMES } from './workload/profiles.ts'
import type { Setting } from './settings/setting.ts'
import { readSettings } from './settings/readSettings.ts'
import { SETTINGS } from './settings/settings.ts'
import { ENVIRONMENT_WORDS, PROFILE_WORDS, SETTING_WORDS } from './words.ts'

test('every setting, profile and environment has its words, and nothing else has', () => {
  expect(Object.keys(SETTING_WORDS)).toEqual(Object.keys(SETTINGS))
  expect(Object.keys(PROFILE_WORDS)).toEqual(PROFILE_NAMES)
  expect(Object.keys(ENVIRONMENT_WORDS)).toEqual(Object.keys(ENVIRONMENTS))
  for (const words of [...Object.values(PROFILE_WORDS), ...Object.values(ENVIRONMENT_WORDS)])
    expect(words).toMatch(/\S/)
})

test.each(Object.entries(SETTING_WORDS))(
  '%s says what decides without it, and its example holds',
  (name, words) => {
    const { default: preset } = SETTINGS[name as keyof typeof SETTINGS] as Setting
    expect((preset === undefined) === (words.otherwise !== undefined)).toBe(true)
    const target = name === 'ENVIRONMENT' ? { BASE_URL: 'http://localhost' } : {}
    expect(readSettings({ ...target, [name]: words.example }).problems).toEqual([])
  },
)
