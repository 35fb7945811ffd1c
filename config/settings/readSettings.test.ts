import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Config } from '../config.ts'
import { sentence } from '../problem/problem.ts'
import { PROFILE_NAMES } from '../workload/profiles.ts'
import { readSettings } from './readSettings.ts'
import { SETTINGS, type Variables } from './settings.ts'

const value = (name: string, env: Variables, config: Config = {}, baked: Variables = {}): unknown =>
  (readSettings(env, config, baked).settings as unknown as Record<string, unknown>)[name]
const problems = (env: Variables, config: Config = {}, baked: Variables = {}): string =>
  readSettings(env, config, baked).problems.map(sentence).join('\n')

test('with nothing set: a smoke test of the embedded shop', () => {
  const { settings, environment, problems } = readSettings({})
  expect({ settings, problems }).toMatchInlineSnapshot(`
    {
      "problems": [],
      "settings": {
        "BASE_URL": "http://127.0.0.1:8080",
        "CHECK_ROWS": "abort",
        "ENVIRONMENT": "shop",
        "PROFILE": "smoke",
        "REQUEST_TIMEOUT": 30000,
        "SCALE": 1,
        "SPANS": "off",
        "SUMMARY": "text",
        "TIME_BUDGET": 10000,
        "TRACE_RATIO": 1,
      },
    }
  `)
  expect(environment?.target).toBe('http://127.0.0.1:8080')
})

test.each([
  ['SCALE', '0.5', 0.5],
  ['SCALE', ' 2 ', 2],
  ['SCALE', '1e2', 100],
  ['RATE', '.5', 0.5],
  ['VUS', '10', 10],
  ['SEED', '-7', -7],
  ['SEED', '0', 0],
  ['TRACE_RATIO', '0', 0],
  ['TRACE_RATIO', '1', 1],
  ['DURATION', '1m30s', 90_000],
  ['WARM_UP', '0s', 0],
  ['CHECK_ROWS', 'quarantine', 'quarantine'],
  ['SUMMARY', 'none', 'none'],
  ['SPANS', 'console', 'console'],
  ['RUN_ID', 'nightly-17', 'nightly-17'],
  ['BASE_URL', 'http://localhost:9/x/', 'http://localhost:9/x'],
  ['PROFILE', ' load ', 'load'],
  ['ENVIRONMENT', 'shop', 'shop'],
])('%s=%s is %j', (name, text, expected) => {
  expect(value(name, { [name]: text })).toBe(expected)
  expect(problems({ [name]: text })).toBe('')
})

test.each([
  ['SCALE', 'abc'],
  ['SCALE', '0'],
  ['SCALE', '-1'],
  ['SCALE', '1e999'],
  ['SCALE', '0x10'],
  ['SCALE', '1,5'],
  ['SCALE', 'NaN'],
  ['RATE', 'Infinity'],
  ['VUS', '1.5'],
  ['VUS', '0'],
  ['SEED', '0.5'],
  ['SEED', '9007199254740993'],
  ['TRACE_RATIO', '1.1'],
  ['TRACE_RATIO', '-0.1'],
  ['DURATION', '5 minutes'],
  ['TIME_BUDGET', '-1s'],
  ['CHECK_ROWS', 'maybe'],
  ['SUMMARY', 'json'],
  ['SPANS', 'on'],
  ['RUN_ID', '..'],
  ['RUN_ID', 'a/b'],
  ['RUN_ID', 'x'.repeat(65)],
  ['BASE_URL', 'not a url'],
  ['BASE_URL', 'http://me:secret@127.0.0.1'],
  ['PROFILE', 'toString'],
  ['ENVIRONMENT', 'constructor'],
])('%s=%s is one problem, which names the setting and what is allowed', (name, text) => {
  expect(readSettings({ [name]: text }).problems).toMatchObject([{ where: name }])
})

test('all problems at once, each with what is allowed', () => {
  const env = { PROFILE: 'laod', SCALE: 'abc', VUS: '0', TRACE_RATIO: '2', DURATION: 'soon', CHECK_ROWS: 'x' }
  expect(problems({ ...env, BASE_URL: 'nowhere', ENVIRONMENT: 'stagin' })).toMatchInlineSnapshot(`
    "ENVIRONMENT: got "stagin"; allowed: shop, dev, staging, prod-sim
    PROFILE: got "laod"; allowed: smoke, load, stress, spike, soak, breakpoint, canary, replay
    BASE_URL: got "nowhere"; allowed: an http or https URL without query, such as http://127.0.0.1:8080
    SCALE: got "abc"; allowed: a number above 0
    VUS: got "0"; allowed: a whole number above 0
    DURATION: got "soon"; allowed: a duration such as 30s, 5m, 1m30s or 250ms
    TRACE_RATIO: got "2"; allowed: a number from 0 to 1
    CHECK_ROWS: got "x"; allowed: abort, quarantine, off"
  `)
})

/** Any code points, lone surrogates among them. */
const anyText = fc.array(fc.nat({ max: 0x10ffff })).map((codes) => String.fromCodePoint(...codes))

test('no text makes reading throw, whatever the setting', () => {
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(SETTINGS)), anyText, (name, text) => {
      expect(readSettings({ [name]: text }).problems.length).toBeLessThanOrEqual(2)
    }),
  )
})

test('default < environment < variable < baked', () => {
  const config = { environments: { shop: { scale: 3, target: 'http://127.0.0.1:7' } } }
  expect(value('SCALE', {}, config)).toBe(3)
  expect(value('BASE_URL', {}, config)).toBe('http://127.0.0.1:7')
  expect(value('SCALE', { SCALE: '4' }, config)).toBe(4)
  expect(value('SCALE', { SCALE: '4' }, config, { SCALE: '5' })).toBe(5)
  expect(value('BASE_URL', { BASE_URL: 'http://127.0.0.1:8' }, config)).toBe('http://127.0.0.1:8')
  expect(value('TIME_BUDGET', {}, config, { TIME_BUDGET: '5s' })).toBe(5000)
})

test('an environment has settings of its own, beneath those that are given', () => {
  const config = { environments: { shop: { settings: { PROFILE: 'load', DURATION: '2m', SEED: '7' } } } }
  const named = (env: Variables) => [value('PROFILE', env, config), value('DURATION', env, config)]
  expect(named({})).toEqual(['load', 120_000])
  expect(named({ PROFILE: 'stress', DURATION: '' })).toEqual(['stress', 120_000])
  expect(value('SEED', {}, config, { SEED: '8' })).toBe(8)
  const staging = { ENVIRONMENT: 'staging', BASE_URL: 'http://localhost' }
  expect(named(staging)).toEqual(['smoke', undefined])
})

test('a baked setting is locked: what the environment says of it is not even read', () => {
  expect(problems({ SCALE: 'abc', PROFILE: 'nonsense' }, {}, { SCALE: '1', PROFILE: 'smoke' })).toBe('')
  const locked = readSettings({ BASE_URL: 'https://evil.example' }, {}, { BASE_URL: 'http://127.0.0.1:1' })
  expect(locked.settings.BASE_URL).toBe('http://127.0.0.1:1')
  expect(locked.problems).toEqual([])
})

test('an empty text is as good as none', () => {
  const empty = Object.fromEntries(Object.keys(SETTINGS).map((name) => [name, '']))
  expect(readSettings(empty)).toEqual(readSettings({}))
})

test('an environment without a target needs one', () => {
  expect(problems({ ENVIRONMENT: 'staging' })).toMatchInlineSnapshot(
    `"BASE_URL: got nothing; allowed: a target, because the environment staging has none. Give --base-url URL, or BASE_URL in the environment."`,
  )
  expect(problems({ ENVIRONMENT: 'staging', BASE_URL: 'http://localhost:3000' })).toBe('')
})

test('only loopback and the hosts of the environment may be loaded', () => {
  const config = { environments: { staging: { hosts: ['*.shop.example', 'Exact.example'] } } }
  const at = (url: string) => problems({ ENVIRONMENT: 'staging', BASE_URL: url }, config)
  for (const url of [
    'http://127.0.0.1:1',
    'http://[::1]:80',
    'https://a.shop.example:8443/x',
    'https://A.Shop.Example',
    'https://exact.example',
  ])
    expect(at(url)).toBe('')
  expect(at('https://shop.example')).toMatchInlineSnapshot(
    `"BASE_URL: got "shop.example"; allowed: in staging: loopback, *.shop.example, Exact.example. Add the host to environments.staging.hosts in loadwright.config.ts if it may be loaded."`,
  )
  expect(at('https://user@a.shop.example')).toContain('an http or https URL')
  expect(problems({ ENVIRONMENT: 'dev', BASE_URL: 'https://x.ngrok-free.app' })).toBe('')
  expect(problems({ BASE_URL: 'https://x.ngrok-free.app' })).toContain('BASE_URL: got "x.ngrok-free.app"')
})

test('an environment’s own target must be one of its hosts', () => {
  const config = { environments: { qa: { target: 'https://qa.example' } } }
  expect(problems({ ENVIRONMENT: 'qa' }, config)).toContain(
    'BASE_URL: got "qa.example"; allowed: in qa: loopback',
  )
})

test('an environment may forbid profiles', () => {
  expect(
    problems({ ENVIRONMENT: 'dev', PROFILE: 'soak', BASE_URL: 'http://localhost' }),
  ).toMatchInlineSnapshot(
    `"PROFILE: got "soak"; allowed: in dev: smoke, load, stress, spike, breakpoint, canary, replay. Change environments.dev.profiles in loadwright.config.ts."`,
  )
  for (const PROFILE of PROFILE_NAMES) expect(problems({ PROFILE })).toBe('')
})

test('a password in a URL that is refused is not repeated', () => {
  const { problems } = readSettings({ BASE_URL: 'http://ada:lovelace@shop.example' })
  expect(JSON.stringify(problems)).not.toContain('lovelace')
  expect(problems).toMatchObject([{ where: 'BASE_URL', got: '"http://***@shop.example"' }])
})
