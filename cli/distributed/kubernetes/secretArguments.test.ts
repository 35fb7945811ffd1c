import { expect, test } from 'vitest'
import { secretArguments } from './secretArguments.ts'

test.each([
  [['--secret-source=file=secrets.txt'], '--secret-source', 'a source of secrets'],
  [['--secret-source', 'mock=token=hunter2'], '--secret-source', 'a source of secrets'],
  [['--out', 'influxdb=http://me:hunter2@influx:8086/k6'], '--out', 'credentials in a URL'],
  [['-o', 'influxdb=http://influx:8086?token=hunter2'], '--out', 'what looks like a secret'],
  [
    ['--log-output=loki=http://loki,header.Authorization=hunter2'],
    '--log-output',
    'what looks like a secret',
  ],
  [['--tag', 'a=Bearer abcdefghijklmnopqrst'], '--tag', 'a bearer token'],
])('%j would be in a manifest', (more, where, got) => {
  const problems = secretArguments(more)
  expect(problems).toMatchObject([{ where, got }])
  expect(JSON.stringify(problems)).not.toContain('hunter2')
})

test('what is no secret goes there', () => {
  expect(
    secretArguments(['--out', 'influxdb=http://influx:8086/k6', '--tag', 'team=shop', '-q', '--vus', '5']),
  ).toEqual([])
})
