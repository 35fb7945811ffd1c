import { expectTypeOf, test } from 'vitest'
import type { Environment } from './environments.ts'
import { defineConfig } from './index.ts'

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
