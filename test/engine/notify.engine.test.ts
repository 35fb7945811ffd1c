import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { textsOf } from '../../cli/record/index.ts'
import { fixture, project, root, run, STACK } from './harness.ts'
import { webhook } from './webhook.ts'

const PLACE = 'group_duration{journey:often,step:open}'
const CONFIG = (place: string, slo: string) =>
  `export default { environments: { shop: { slos: { '${place}': ${slo} } } } }`
const cwd = project({
  'suites/quick.ts': readFileSync(join(root, fixture('quick.ts')), 'utf8'),
  'loadwright.config.ts': CONFIG(PLACE, `{ thresholds: ['max<0'], owner: 'team-orders' }`),
})

const { url: hook, told } = await webhook()

test('an SLO that a run crosses is told with its owner, and neither the bundle nor the record has the webhook', async () => {
  const env = { HOOK_URL: `json:${hook}/services/s3cr3t` }
  const { code, out, err, record, folder } = await run(
    ['quick', '--duration', '1s', '--no-open', '--notify', 'HOOK_URL'],
    { cwd, env },
  )
  expect(code).toBe(99)
  expect(textsOf(record.reasons).join('\n')).toMatch(/max<0 was crossed \(.*\) \[team-orders\]/)
  const own = record.thresholds.filter(({ metric }) => metric.startsWith('group_duration{journey:often'))
  expect(own).toMatchObject([{ result: 'fail', source: 'environment', owner: 'team-orders' }])
  expect(record.thresholds.find(({ metric }) => metric.startsWith('http_req_duration'))?.source).toBe('suite')
  for (const name of ['report.html', 'report.md', 'junit.xml'])
    expect(readFileSync(join(folder, name), 'utf8')).toContain('team-orders')
  expect(readFileSync(join(cwd, 'dist/quick.js'), 'utf8')).not.toContain('team-orders')
  expect(err).toMatch(/^told the webhook \(HOOK_URL\)$/m)
  expect(told).toMatchObject([
    {
      path: '/services/s3cr3t',
      body: { kind: 'run', verdict: 'fail', owners: ['team-orders'], run: record.id },
    },
  ])
  expect(
    out + err + readFileSync(join(folder, 'notify.json'), 'utf8') + JSON.stringify(record),
  ).not.toContain('s3cr3t')
})

test('an SLO on a step that is misspelt is never a pass; a receiver that is not there changes nothing', async () => {
  const place = 'group_duration{journey:often,step:opne}'
  writeFileSync(
    join(cwd, 'loadwright.config.ts'),
    CONFIG(place, `{ thresholds: ['max<9999'], owner: 'team-orders' }`),
  )
  const { code, err, record } = await run(
    ['quick', '--duration', '1s', '--no-open', '--notify', 'http://127.0.0.1:1/s3cr3t'],
    { cwd },
  )
  expect([code, record.verdict]).toEqual([96, 'invalid'])
  expect(textsOf(record.reasons).join('\n')).toContain(
    'no samples for group_duration{journey:often,step:opne',
  )
  expect(err).toMatch(/^not told the webhook at 127\.0\.0\.1:1: it does not answer \(ECONNREFUSED\)$/m)
  expect(err).not.toMatch(STACK)
})
