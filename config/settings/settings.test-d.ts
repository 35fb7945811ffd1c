import { expectTypeOf, test } from 'vitest'
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
