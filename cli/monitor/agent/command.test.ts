import { expect, test } from 'vitest'
import { agentArguments, agentEnvironment } from './command.ts'

const files = { script: '123456789.js', log: '/t/k6.log', samples: '/t/samples.json' }

test('the agent’s command line, in its order', () => {
  expect(agentArguments(files, 'scripted').join(' ')).toBe(
    [
      'run --out json=/t/samples.json --log-format logfmt --log-output file=/t/k6.log --max-redirects 10 --batch 10',
      '--batch-per-host 4 --no-connection-reuse --blacklist-ip 10.0.0.0/8 --block-hostnames *.cluster.local',
      '--summary-time-unit s --dns ttl=30s,select=random,policy=preferIPv4 --address  --no-thresholds --no-usage-report',
      '--no-color --summary-mode disabled --verbose --throw --vus 1 --iterations 1 123456789.js',
    ].join(' '),
  )
})

test('secrets come from a file, as the agent’s come from Grafana', () => {
  const text = agentArguments({ ...files, secrets: '/t/secrets' }, 'scripted').join(' ')
  expect(text).toContain('--throw --secret-source file=/t/secrets --vus 1')
})

test('a browser script runs as its scenarios say', () => {
  const text = agentArguments(files, 'browser').join(' ')
  expect(text).toContain('--throw -e K6_CLOUD_PUSH_REF_ID=sm:test 123456789.js')
  expect(text).not.toContain('--vus')
})

test('its environment: nothing that a script could lean on', () => {
  expect(agentEnvironment('/bin', '/t/home')).toEqual({
    PATH: '/bin',
    HOME: '/t/home',
    K6_BROWSER_LOG: 'info',
    K6_AUTO_EXTENSION_RESOLUTION: 'false',
  })
})
