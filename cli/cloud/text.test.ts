import { expect, test } from 'vitest'
import type { Plan } from '../project/index.ts'
import { reasonOf, type RunRecord } from '../record/index.ts'
import { timeoutOf, vuHours } from './size.ts'
import { beforeText, cloudDryRun, cloudEnding } from './text.ts'
import type { PreparedCloudRun } from './prepare.ts'

const plan = {
  manifest: {
    suite: 'shop',
    source: 'suites/shop.ts',
    iteration: {},
    options: { scenarios: {}, thresholds: {} },
  },
  settings: { BASE_URL: 'https://shop.example', TIME_BUDGET: 10_000 },
} as unknown as Plan
const distribution = {
  a: { loadZone: 'amazon:us:ashburn', percent: 60 },
  b: { loadZone: 'mine', percent: 40 },
}
const prepared: PreparedCloudRun = {
  access: { env: {}, problems: [] },
  run: { name: 'shop load', project: 7, stack: 9, localExecution: false, distribution },
  size: { vus: 288, seconds: 365 },
  timeout: 965_000,
  thresholds: 3,
  given: { K6_CLOUD_TOKEN: 's3cret' },
}

test('VU-hours are the most VUs × hours, to three digits', () => {
  expect(vuHours({ vus: 288, seconds: 365 })).toBe(29.2)
  expect(vuHours({ vus: 3, seconds: 3 })).toBe(0.0025)
  expect(vuHours({ vus: 0, seconds: 10 })).toBe(0)
})

test('a run may take as long as it should, and ten minutes in the queue', () => {
  expect(timeoutOf(undefined, { vus: 1, seconds: 365 })).toBe(965_000)
  expect(timeoutOf(5000, { vus: 1, seconds: 365 })).toBe(5000)
  expect(timeoutOf(undefined, undefined)).toBe(4_200_000)
})

test('before it starts it says what it costs, and where it will be', () => {
  expect(beforeText(plan, prepared).slice(1)).toEqual([
    '29.2 VU-hours: 288 VUs × 6m5s',
    'test "shop load" · project 7 · stack 9 · load zones amazon:us:ashburn 60 %, mine 40 % · at most 16m5s (--timeout)',
  ])
  const here = { ...prepared, run: { name: 'shop', localExecution: true }, size: undefined }
  expect(beforeText({ ...plan, script: 'a.js' }, here)).toEqual([
    'a.js is no suite: run as a plain k6 script, with its own load and thresholds',
    'VU-hours are not known before k6 has read the script',
    'test "shop" · executed here · at most 16m5s (--timeout)',
  ])
})

test('a dry run ends with the command, its environment before it, the token not among it', () => {
  const text = cloudDryRun(plan, ['cloud', 'run', '-e', 'A=b c', 'dist/shop.js'], prepared)
  expect(text.split('\n').slice(-2)).toEqual([
    '',
    `K6_CLOUD_STACK_ID=9 K6_CLOUD_PROJECT_ID=7 K6_CLOUD_NAME='shop load' k6 cloud run -e 'A=b c' dist/shop.js`,
  ])
  expect(text.match(/k6 cloud run/g)).toHaveLength(1)
  expect(text).toContain('29.2 VU-hours')
  expect(text).not.toContain('s3cret')
})

const record = {
  suite: 'shop',
  profile: 'smoke',
  environment: 'dev',
  target: 'https://shop.example',
  settings: {},
  embedded: false,
  verdict: 'pass',
  reasons: [reasonOf('thresholds-held', '3 thresholds held', {})],
  judgedPhases: [],
  journeys: [],
  thresholds: [],
  failures: [],
  badRows: [],
  instances: [],
  totals: { iterations: 0, dropped: 0, requests: 0, checks: 0, failedChecks: 0 },
  problems: [],
  cloud: { name: 'shop smoke', link: 'https://example.grafana.net/runs/7', localExecution: false },
} as unknown as RunRecord

test('an ending has the link, and no figures that only the cloud has', () => {
  expect(cloudEnding(record, 'results/run-1')).toMatchInlineSnapshot(`
    "
    PASS  shop · smoke · dev · https://shop.example
      3 thresholds held

    Run      https://example.grafana.net/runs/7
    Results  results/run-1/run.json
    Next     load it: npx loadwright cloud run shop --environment dev --base-url https://shop.example --profile load"
  `)
  const here = { ...record, cloud: { name: 'shop smoke', localExecution: true } }
  expect(cloudEnding(here, 'results/run-1')).toContain('0 iterations · 0 requests')
})

test('a run that was not started has no link, and the next thing is to look at the command', () => {
  const refused = {
    ...record,
    verdict: 'invalid',
    cloud: { name: 'shop smoke', localExecution: false },
  } as const
  const text = cloudEnding(refused, 'results/run-1')
  expect(text).not.toContain('Run  ')
  expect(text).toMatch(/^Next {5}show k6’s command: .* --dry-run$/m)
})
