import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import { cleanEnvironment, RUNNING } from './environment.ts'
import { machine } from '../../test/doubles/machine.ts'
import { spawnK6 } from './spawn.ts'

test('what would replace the scenarios is taken out and named; the rest stays', () => {
  const before = {
    K6_VUS: '5',
    K6_STAGES: '',
    K6_WEB_DASHBOARD: 'true',
    http_proxy: 'http://p',
    BASE_URL: 'http://a',
  }
  const { env, notes } = cleanEnvironment(before)
  expect(notes.join()).toMatch(/: K6_VUS, K6_STAGES$/)
  expect(env).toEqual({
    K6_WEB_DASHBOARD: 'true',
    http_proxy: 'http://p',
    BASE_URL: 'http://a',
    K6_AUTO_EXTENSION_RESOLUTION: 'false',
    K6_NO_USAGE_REPORT: 'true',
  })
  expect(before.K6_VUS).toBe('5')
})

test('what would leave the verdict without its figures is taken out too, each with its reason', () => {
  const names = [
    'K6_NO_THRESHOLDS',
    'K6_SUMMARY_TREND_STATS',
    'K6_SYSTEM_TAGS',
    'K6_NEW_MACHINE_READABLE_SUMMARY',
  ]
  const { env, notes } = cleanEnvironment(Object.fromEntries([...names, 'K6_VUS'].map((name) => [name, ''])))
  expect(Object.keys(env)).toEqual(['K6_AUTO_EXTENSION_RESOLUTION', 'K6_NO_USAGE_REPORT'])
  expect(notes).toMatchInlineSnapshot(`
    [
      "left out of k6's environment, because they would replace the suite’s scenarios: K6_VUS",
      "left out of k6's environment, because they would take away what the verdict is made of: K6_NO_THRESHOLDS, K6_SUMMARY_TREND_STATS, K6_SYSTEM_TAGS, K6_NEW_MACHINE_READABLE_SUMMARY",
    ]
  `)
  expect(cleanEnvironment({}).notes).toEqual([])
})

test('what would keep k6 from starting or ending is taken out, unless it says that it would not', () => {
  const { env, notes } = cleanEnvironment({
    K6_PAUSED: 'true',
    K6_LINGER: '1',
    K6_CONFIG: '/x',
    K6_TYPE: 'js',
  })
  expect(Object.keys(env)).not.toContain('K6_CONFIG')
  expect(notes).toEqual([
    "left out of k6's environment, because they would keep k6 from starting, or from ending: K6_PAUSED, K6_LINGER",
    "left out of k6's environment, because they would bring in options from elsewhere: K6_CONFIG, K6_TYPE",
  ])
  expect(cleanEnvironment(RUNNING)).toMatchObject({ env: RUNNING, notes: [] })
})

test('k6 gets its arguments untouched and the clean environment, in the folder that was asked for', async () => {
  const { env, root, script, remove } = machine()
  onTestFinished(remove)
  const path = script('k6', 'pwd; echo "$@"; echo "[$K6_VUS] $K6_AUTO_EXTENSION_RESOLUTION"; exit 99')
  const child = spawnK6({ path }, ['run', '-e', 'A=b c'], {
    env: { ...env, K6_VUS: '5' },
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [output] = await Promise.all([text(child.stdout!), once(child, 'exit')])
  expect(output.split('\n').slice(1, 3)).toEqual(['run -e A=b c', '[] false'])
  expect(output).toContain(root)
  expect(child.exitCode).toBe(99)
})
