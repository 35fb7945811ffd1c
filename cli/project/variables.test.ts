import { expect, test } from 'vitest'
import { sentence } from '../../config/problem/problem.ts'
import { SETTINGS } from '../../config/settings/settings.ts'
import { divide, flagOf, resolveSettings, resolveIn, scriptVariables } from './variables.ts'

const none = { flags: {}, set: [] }

test('flags win over --set, --set over the shell, the shell over defaults', () => {
  const shell = { PROFILE: 'load', SCALE: '2', SEED: '1', PATH: '/bin', K6_VUS: '5' }
  const { settings, variables, problems } = resolveSettings(
    { flags: { PROFILE: 'stress' }, set: ['SCALE=3', 'PROFILE=spike'] },
    shell,
    {},
  )
  expect(problems).toEqual([])
  expect(settings).toMatchObject({ PROFILE: 'stress', SCALE: 3, SEED: 1, TIME_BUDGET: 10_000 })
  expect(variables).toEqual({ PROFILE: 'stress', SCALE: '3', SEED: '1' })
})

test('of the shell only settings are taken, and empty ones are none', () => {
  expect(resolveSettings(none, { HOME: '/root', BASE_URL: '', DURATION: '5s' }, {}).variables).toEqual({
    DURATION: '5s',
  })
})

test('a value may hold an equals sign, or be empty to unset what the shell says', () => {
  expect(resolveSettings({ ...none, set: ['BASE_URL=http://127.0.0.1/a=b'] }, {}, {}).settings.BASE_URL).toBe(
    'http://127.0.0.1/a=b',
  )
  expect(resolveSettings({ ...none, set: ['SCALE='] }, { SCALE: '7' }, {}).settings.SCALE).toBe(1)
})

test('what is no pair, what is no setting and what is no value are told together', () => {
  const set = ['DURATION', '=5', 'DURATOIN=5s', 'SCALE=abc']
  const { problems } = resolveSettings({ flags: { PROFILE: 'laod' }, set }, {}, {})
  expect(problems.map(sentence).join('\n')).toMatchInlineSnapshot(`
    "--set: got "DURATION"; allowed: KEY=VALUE, such as DURATION=30s
    --set: got "=5"; allowed: KEY=VALUE, such as DURATION=30s
    --set: got "DURATOIN"; allowed: ENVIRONMENT, PROFILE, BASE_URL, TUNNEL_URL, SCALE, RATE, VUS, RAMP_UP, WARM_UP, DURATION, RAMP_DOWN, SEED, TIME_BUDGET, REQUEST_TIMEOUT, TRACE_RATIO, SPANS, CHECK_ROWS, RUN_ID, SUMMARY. Did you mean DURATION?
    PROFILE: got "laod"; allowed: smoke, load, stress, spike, soak, breakpoint, canary, replay. Did you mean "load"?
    SCALE: got "abc"; allowed: a number above 0"
  `)
})

test('the config’s environments are known', () => {
  const config = { environments: { qa: { target: 'http://127.0.0.1:9', scale: 0.1 } } }
  const { settings, environment, problems } = resolveSettings(
    { ...none, flags: { ENVIRONMENT: 'qa' } },
    {},
    config,
  )
  expect([settings.SCALE, environment?.target, problems]).toEqual([0.1, 'http://127.0.0.1:9', []])
})

test('a flag is a setting in lower case with dashes, and no two settings share one', () => {
  expect(flagOf('BASE_URL')).toBe('base-url')
  const flags = Object.keys(SETTINGS).map(flagOf)
  expect(new Set(flags).size).toBe(flags.length)
})

test('settings that are given as k6 takes them, by -e, are settings', () => {
  expect(divide(['PROFILE=load', 'USER=a=b', 'FLAG', 'toString=1', 'DURATION='])).toEqual({
    settings: ['PROFILE=load', 'DURATION='],
    own: ['USER=a=b', 'FLAG', 'toString=1'],
  })
})

test('the config’s problems come first, and what they leave in doubt is no problem of its own', () => {
  const project = { folder: '', config: {}, problems: ['first'], doubts: (name: string) => name === 'qa' }
  const told = (flags: Record<string, string>) => {
    const { problems, environment } = resolveIn(project, { flags, set: [] }, {})
    return [environment !== undefined, problems.map((one) => (typeof one === 'string' ? one : one.where))]
  }
  const SCALE = 'abc'
  expect(told({ ENVIRONMENT: 'qa', SCALE })).toEqual([false, ['first', 'SCALE']])
  expect(told({ ENVIRONMENT: 'qa', BASE_URL: 'https://x.example' })).toEqual([false, ['first']])
  expect(told({ ENVIRONMENT: 'qa', BASE_URL: 'x' })).toEqual([false, ['first', 'BASE_URL']])
  expect(told({ ENVIRONMENT: 'qb', SCALE })).toEqual([false, ['first', 'ENVIRONMENT', 'SCALE']])
  expect(told({ BASE_URL: 'https://x.example' })).toEqual([true, ['first', 'BASE_URL']])
})

test('a script finds the shell as k6 has it and its author’s pairs, settings apart', () => {
  const shell = { REGION: 'eu', HOME: '/root', K6_VUS: '5', PROFILE: 'load' }
  expect(scriptVariables(shell, ['REGION=us=2', 'FLAG'])).toMatchObject({
    REGION: 'us=2',
    HOME: '/root',
    FLAG: '',
  })
  expect(scriptVariables(shell, [])).not.toHaveProperty('K6_VUS')
  expect(scriptVariables(shell, [])).not.toHaveProperty('PROFILE')
})
