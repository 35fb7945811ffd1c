import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { k6Arguments, recorderEnvironment, shellText, withoutSecrets } from './command.ts'
import type { Plan } from './plan.ts'

const manifest = { options: { scenarios: {}, thresholds: {} } }
const plan = {
  variables: { PROFILE: 'load', SUMMARY: 'text', RUN_ID: 'mine' },
  manifest,
} as unknown as Plan
const where = { id: 'run-1', folder: `${process.cwd()}/r/run-1`, bundle: '/p/dist/shop.js' }

test('k6 is told every setting that was given, and writes its log and its figures into the folder', () => {
  expect(
    shellText(['k6', ...k6Arguments(plan, where)]).replaceAll(process.cwd(), 'CWD'),
  ).toMatchInlineSnapshot(
    `"k6 run -e PROFILE=load -e SUMMARY=none -e RUN_ID=run-1 --tag testid=run-1 --log-output file=r/run-1/k6.log --summary-export CWD/r/run-1/k6-summary.json --out experimental-prometheus-rw /p/dist/shop.js"`,
  )
})

test('the author’s own variables and arguments come after ours, the bundle last', () => {
  const args = k6Arguments(plan, { ...where, env: ['USER=a b', 'X='], more: ['--quiet', '--tag', 'team=x'] })
  expect(args.slice(-6)).toEqual(
    ['experimental-prometheus-rw', '--quiet', '--tag', 'team=x', '/p/dist/shop.js'].toSpliced(0, 0, '--out'),
  )
  expect(args.join(' ')).toContain('-e USER=a b -e X=')
})

test('k6 pushes histograms to the recorder every second', () => {
  expect(recorderEnvironment('http://127.0.0.1:9/write')).toMatchInlineSnapshot(`
    {
      "K6_FEATURES": "native-histograms",
      "K6_PROMETHEUS_RW_PUSH_INTERVAL": "1000ms",
      "K6_PROMETHEUS_RW_SERVER_URL": "http://127.0.0.1:9/write",
      "K6_PROMETHEUS_RW_STALE_MARKERS": "true",
    }
  `)
})

test('k6 elsewhere says which bundle it has', () => {
  expect(recorderEnvironment('http://127.0.0.1:9/write', 'ab')).toMatchObject({
    K6_PROMETHEUS_RW_HTTP_HEADERS: 'X-Loadwright-Bundle:ab',
  })
})

test('a shell gives the words back, whatever is in them', () => {
  const word = fc.string({
    unit: fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...Array.from('\'"\\$`!*?[]{}~#&|;<>() \t\n=%a-')) },
      fc.string(),
    ),
  })
  const lists = fc.sample(
    fc.array(
      word.map((text) => text.replaceAll('\0', '')),
      { maxLength: 6 },
    ),
    200,
  )
  const script = lists.map((words) => shellText(['printf', '%s\\0', '-', ...words])).join('\n')
  const said = execFileSync('sh', ['-c', script]).toString('utf8').split('\0').slice(0, -1)
  expect(said).toEqual(
    lists.flatMap((words) => ['-', ...words.map((text) => Buffer.from(text).toString('utf8'))]),
  )
})

test('plain words stay plain', () => {
  expect(shellText(['k6', 'run', '-e', 'A=1', '', "it's", 'a b'])).toBe(
    String.raw`k6 run -e A=1 '' 'it'\''s' 'a b'`,
  )
})

test.each([
  ['-e', 'PROFILE=load', '-e', 'PROFILE=load'],
  ['-e', 'LOGIN=a=b', '-e', 'LOGIN=***'],
  ['-eLOGIN=x', '-eLOGIN=***'],
  ['--env', 'LOGIN=x', '--env', 'LOGIN=***'],
  ['--env=LOGIN=x', '--env=LOGIN=***'],
  ['-qe=LOGIN=x', '-qe=LOGIN=***'],
  ['--env=profile=x', '--env=profile=***'],
  ['--secret-source', 'file=s', '--secret-source', '***'],
  ['--secret-source=mock=a=b', '--secret-source=***'],
  ['-o', 'influxdb=http://me:pw@h', '-o', 'influxdb=***'],
  ['--log-output=loki=http://me:pw@h', '--log-output=loki=***'],
  ['--tag', 'team=x', '-i', '1', '--tag', 'team=x', '-i', '1'],
])('of %s %s only what is no secret is shown', (...words) => {
  const [given, shown] = [words.slice(0, words.length / 2), words.slice(words.length / 2)]
  expect(withoutSecrets(['run', ...given, 'x.js'])).toEqual(['run', ...shown, 'x.js'])
})

test.each([
  [undefined, { http_req_duration: ['p(95)<1', 'rate<1'] }, undefined],
  [undefined, { http_req_duration: ['p(99.5)<1', { threshold: ' p(50) < 2' }] }, 'avg,p(95),p(99.5),p(50)'],
  ['x.js', {}, 'avg,min,med,max,p(90),p(95),p(99),count'],
  ['x.js', { http_req_duration: ['p(99.99)<1'] }, 'avg,min,med,max,p(90),p(95),p(99),count,p(99.99)'],
])('of %j with %j, k6 gives the quantiles that thresholds name', (script, thresholds, expected) => {
  const options = { scenarios: {}, thresholds, summaryTrendStats: ['avg', 'p(95)'] }
  const args = k6Arguments({ ...plan, script, manifest: { options } } as unknown as Plan, where)
  const at = args.indexOf('--summary-trend-stats')
  expect(at < 0 ? undefined : args[at + 1]).toBe(expected)
})
