import { expectTypeOf, test } from 'vitest'
import { defineConfig, type Environment } from './index.ts'
import type { Settings } from './settings.ts'

test('a setting with a default is always there, and each has the type of its kind', () => {
  expectTypeOf<Settings['BASE_URL']>().toEqualTypeOf<string>()
  expectTypeOf<Settings['SCALE']>().toEqualTypeOf<number>()
  expectTypeOf<Settings['TIME_BUDGET']>().toEqualTypeOf<number>()
  expectTypeOf<Settings['CHECK_ROWS']>().toEqualTypeOf<'abort' | 'quarantine' | 'off'>()
  expectTypeOf<Settings['RATE']>().toEqualTypeOf<number | undefined>()
  expectTypeOf<Settings['PROFILE']>().toExtend<string>()
  expectTypeOf<string>().not.toExtend<Settings['PROFILE']>()
})

test('a config says only what a config may say', () => {
  defineConfig({ environments: { qa: { caps: { vus: 5 } } } })
  // @ts-expect-error there is no such key
  defineConfig({ suits: [] })
  // @ts-expect-error there is no such cap
  defineConfig({ environments: { qa: { caps: { users: 5 } } } })
  // @ts-expect-error there is no such profile
  defineConfig({ environments: { qa: { profiles: ['sprint'] } } })
  expectTypeOf<Environment['caps']['duration']>().toEqualTypeOf<string>()
})
