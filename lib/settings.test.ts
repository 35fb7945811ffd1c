import { beforeEach, expect, test, vi } from 'vitest'
import { active } from '../testing/active.ts'
import { rehearse } from '../testing/index.ts'

beforeEach(() => {
  vi.resetModules()
  active().forget()
})
const lib = async () => (await import('./settings.ts')).settings

test('the settings are those of __ENV, also where a scenario changes some or takes some away', async () => {
  const settings = await lib()
  expect(settings().PROFILE).toBe('smoke')
  const profile = async (env: Record<string, string>) =>
    (await rehearse(() => settings().PROFILE, { env })).returned[0]
  expect(await profile({ PROFILE: 'load' })).toBe('load')
  expect(await profile({ LOADWRIGHT_PHASES: 'steady*:1' })).toBe('smoke')
  expect(await profile({ PROFILE: 'x', SCALE: 'y' }).catch(String)).toMatch(
    /settings: 2 problems:\n {2}- PROFILE.*\n {2}- SCALE/,
  )
})

test('are read once, at init, for all VUs', async () => {
  const settings = await lib()
  expect(settings()).toBe(settings())
  expect(active().seen.sharedArrays).toMatchObject([{ name: 'loadwright settings', length: 1 }])
})

test('are read by a VU alone where nothing asked for them at init', async () => {
  const settings = await lib()
  expect((await rehearse(() => settings().SCALE)).returned).toEqual([1])
  expect(active().seen.sharedArrays).toEqual([])
})
