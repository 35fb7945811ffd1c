import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { configPath, foreignConfig } from './config.ts'

function user(text?: string): NodeJS.ProcessEnv {
  const HOME = mkdtempSync(join(tmpdir(), 'loadwright-config-'))
  onTestFinished(() => rmSync(HOME, { recursive: true }))
  const path = configPath({ HOME })
  mkdirSync(dirname(path), { recursive: true })
  if (text !== undefined) writeFileSync(path, text)
  return { HOME }
}

test.each([
  ['linux', '/home/me/.config/k6/config.json'],
  ['darwin', '/home/me/Library/Application Support/k6/config.json'],
  ['win32', '/home/me/AppData/Roaming/k6/config.json'],
] as const)('on %s k6 looks for it at %s', (platform, path) => {
  expect(configPath({ HOME: '/home/me' }, platform)).toBe(path)
  expect(configPath({ HOME: '/home/me', XDG_CONFIG_HOME: '/x' }, 'linux')).toBe('/x/k6/config.json')
  expect(configPath({ HOME: '/home/me', XDG_CONFIG_HOME: '' }, platform)).toBe(path)
})

test('nothing, a login and empty options are no options', async () => {
  for (const text of [undefined, '{}', '{"collectors":{"cloud":{"token":"x"}},"vus":null}'])
    expect(await foreignConfig(user(text))).toBeUndefined()
})

test('options are named, and the login is kept', async () => {
  const found = await foreignConfig(user('{"linger":true,"vus":90,"collectors":{"cloud":{"token":"x"}}}'))
  expect(found?.options).toEqual(['linger', 'vus'])
  expect(found?.rest).toBe('{"collectors":{"cloud":{"token":"x"}}}')
})

test('a file that k6 could not read is one to leave out', async () => {
  expect(await foreignConfig(user('{'))).toMatchObject({ options: [], rest: '{}' })
})
