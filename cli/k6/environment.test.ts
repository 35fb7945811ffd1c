import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import { cleanEnvironment } from './environment.ts'
import { machine } from './fakes.ts'
import { spawnK6 } from './spawn.ts'

test('what would replace the scenarios is taken out and named; the rest stays', () => {
  const before = {
    K6_VUS: '5',
    K6_STAGES: '',
    K6_WEB_DASHBOARD: 'true',
    http_proxy: 'http://p',
    BASE_URL: 'http://a',
  }
  const { env, removed } = cleanEnvironment(before)
  expect(removed).toEqual(['K6_VUS', 'K6_STAGES'])
  expect(env).toEqual({
    K6_WEB_DASHBOARD: 'true',
    http_proxy: 'http://p',
    BASE_URL: 'http://a',
    K6_AUTO_EXTENSION_RESOLUTION: 'false',
    K6_NO_USAGE_REPORT: 'true',
  })
  expect(before.K6_VUS).toBe('5')
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
