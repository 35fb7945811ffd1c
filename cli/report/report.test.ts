import fc from 'fast-check'
import { stripVTControlCharacters } from 'node:util'
import { expect, test } from 'vitest'
import { printable } from '../base/index.ts'
import { reasonOf, type FailureCluster, type RunRecord } from '../record/index.ts'
import { ending } from './ending.ts'
import { fakeReport } from '../../test/doubles/reportData.ts'
import { causeSentence } from './causes.ts'
import { junitReport } from './junit.ts'
import { markdownReport } from './markdown.ts'
import { textReport } from './text.ts'

const SEEN = { exact: false, phases: [], trace_ids: [] }
const step = { completed: 0, measured: 0, requests: 0, failed: 0 }
const because = (text: string) => reasonOf('some-code', text, {})
const PASS: RunRecord = {
  schema: 2,
  id: 'boutique-1',
  suite: 'boutique',
  bundle: { file: 'dist/boutique.js', sha256: '' },
  state: 'ended',
  verdict: 'pass',
  reasons: [because('7 thresholds held')],
  exitCode: 0,
  startedAt: '',
  environment: 'shop',
  profile: 'smoke',
  target: 'http://127.0.0.1:8080',
  embedded: true,
  settings: {},
  faults: [],
  judgedPhases: ['steady'],
  load: { replaced: false, singlePass: false },
  variables: [],
  instances: [{ k6: { version: 'v2.2.0', path: '/k6', command: [] } }],
  journeys: [
    {
      name: 'browse',
      started: 250,
      completed: 250,
      failed: 0,
      steps: [
        { ...step, name: 'open home', completed: 250, measured: 200, p50: 3.4, p95: 12, requests: 200 },
        {
          ...step,
          name: 'view product',
          completed: 250,
          measured: 200,
          p50: 999.4,
          p95: 12_345,
          requests: 1400,
        },
      ],
    },
    { name: 'checkout', started: 0, completed: 0, failed: 0, steps: [{ ...step, name: 'place order' }] },
  ],
  thresholds: [],
  checks: [],
  failures: [],
  failedRequests: [],
  badRows: [],
  problems: [],
  totals: { iterations: 250, dropped: 0, requests: 1750, checks: 500, failedChecks: 0 },
}
const FAIL: RunRecord = {
  ...PASS,
  verdict: 'fail',
  exitCode: 99,
  profile: 'spike',
  judgedPhases: ['spike', 'recovery'],
  environment: 'staging',
  reasons: [
    because('journey_failed: rate<0.01 was crossed (0.203)'),
    because('http_req_duration: p(95)<800 was crossed (912.346)'),
  ],
  journeys: [
    {
      name: 'checkout',
      started: 1000,
      completed: 797,
      failed: 203,
      steps: [
        {
          ...step,
          name: 'add to cart',
          completed: 1000,
          measured: 900,
          p50: 30,
          p95: 80,
          requests: 900,
          failed: 4,
        },
        {
          ...step,
          name: 'place order',
          completed: 797,
          measured: 700,
          p50: 700,
          p95: 1912,
          requests: 900,
          failed: 203,
        },
      ],
    },
  ],
  failures: [
    {
      journey: 'checkout',
      step: 'place order',
      kind: 'check',
      what: 'order is accepted',
      count: 203,
      ...SEEN,
      expected: 'status 200',
      got: 'status 500',
      status: 500,
      rows: ['shoppers=a@b.c', 'shoppers=d@e.f'],
    },
    {
      journey: 'checkout',
      kind: 'request',
      what: 'add-to-cart',
      status: 503,
      origin: 'tunnel',
      count: 4,
      rows: [],
      ...SEEN,
    },
    { kind: 'error', what: 'TypeError: x is not a function', count: 1, rows: [], ...SEEN },
    ...Array.from({ length: 7 }, (_, index) => ({
      kind: 'error' as const,
      what: `rare ${index}`,
      ...SEEN,
      count: 1,
      rows: [],
    })),
  ],
  badRows: [{ pool: 'boutique/products', bad: ['A', 'B'], of: 9, statuses: '404', action: 'quarantine' }],
  totals: { iterations: 1000, dropped: 3, requests: 1800, checks: 1797, failedChecks: 203 },
}
const INVALID: RunRecord = {
  ...PASS,
  verdict: 'invalid',
  exitCode: 96,
  judgedPhases: [],
  journeys: [],
  reasons: [because('the target http://127.0.0.1:1 does not answer: connection refused')],
  totals: { iterations: 0, dropped: 0, requests: 0, checks: 0, failedChecks: 0 },
}
const report = (record: RunRecord): string => stripVTControlCharacters(textReport(record))

test('a pass', () => {
  expect(report(PASS)).toMatchInlineSnapshot(`
    "PASS  boutique · smoke · shop · http://127.0.0.1:8080
      7 thresholds held

    journey         reached           p50 in steady      p95  requests  failed
    browse              250  started
      open home         250    100 %         3.4 ms    12 ms       200     0 %
      view product      250    100 %         999 ms  12.35 s     1,400     0 %
      completed         250    100 %
    checkout              0  started
      place order         0                       –        –         0
      completed           0

    250 iterations · 1,750 requests · 500 checks, 0 failed"
  `)
})

test('a fail: where, how often, with which rows; what is left out is counted', () => {
  expect(report(FAIL)).toMatchInlineSnapshot(`
    "FAIL  boutique · spike · staging · http://127.0.0.1:8080
      journey_failed: rate<0.01 was crossed (0.203)
      http_req_duration: p(95)<800 was crossed (912.346)

    journey        reached           p50 in spike and recovery     p95  requests  failed
    checkout         1,000  started
      add to cart    1,000    100 %                      30 ms   80 ms       900  0.44 %
      place order      797     80 %                     700 ms  1.91 s       900    23 %
      completed        797     80 %
      failed           203     20 %

    Failures by cause
      ≥ 203× checkout › place order: order is accepted: expected status 200, got status 500
          with shoppers=a@b.c, shoppers=d@e.f
      ≥ 4× checkout: request add-to-cart answered status 503 (from the tunnel)
      ≥ 1× TypeError: x is not a function
      ≥ 1× rare 0
      ≥ 1× rare 1
      ≥ 1× rare 2
      ≥ 1× rare 3
      ≥ 1× rare 4
      and 2 more causes in run.json

    2 of 9 rows of boutique/products were left out: A, B
    1,000 iterations, 3 dropped · 1,800 requests · 1,797 checks, 203 failed"
  `)
})

test('invalid: one clear sentence, and no empty table', () => {
  expect(report(INVALID)).toMatchInlineSnapshot(`
    "INVALID  boutique · smoke · shop · http://127.0.0.1:8080
      the target http://127.0.0.1:1 does not answer: connection refused

    0 iterations · 0 requests · 0 checks, 0 failed"
  `)
})

test('checks that nobody counted are not called none', () => {
  const totals = { ...INVALID.totals, iterations: 9, uncountedChecks: true as const }
  expect(report({ ...INVALID, totals })).toContain('9 iterations · 0 requests · checks not counted')
})

test('columns stand under each other, whatever the numbers', () => {
  const figures = fc.record({
    name: fc.stringMatching(/^[a-z ]{1,30}$/),
    completed: fc.nat(),
    measured: fc.nat(),
    p50: fc.double({ min: 0, max: 1e6, noNaN: true }),
    p95: fc.double({ min: 0, max: 1e6, noNaN: true }),
    requests: fc.nat(),
    failed: fc.nat(),
  })
  fc.assert(
    fc.property(
      fc.array(figures, { minLength: 1, maxLength: 5 }),
      fc.integer({ min: 1 }),
      (steps, started) => {
        const journeys = [{ name: 'j', started, completed: started, failed: 0, steps }]
        const lines = report({ ...PASS, journeys })
          .split('\n')
          .slice(3)
        const end = (lines[0] ?? '').indexOf('reached') + 'reached'.length
        const rows = lines.slice(2, 2 + steps.length)
        for (const line of rows) expect(line.slice(end - 1, end + 2)).toMatch(/^\d {2}$/)
        const requested = rows.filter((_, index) => steps[index]?.requests !== 0)
        expect(new Set(requested.map((line) => line.length)).size).toBeLessThanOrEqual(1)
      },
    ),
    { numRuns: 30 },
  )
})

test('what comes from outside can neither repaint nor re-order the terminal', () => {
  const evil = 'a\u001b[2Jb\u0007\r\nc\u009b31m\u202ed\u2066'
  expect(printable(evil)).toBe('a�[2Jb���c�31m�d�')
  const all = { ...FAIL, suite: 'boutique', target: evil, reasons: [because(evil)] }
  const text = textReport({
    ...all,
    journeys: [{ name: evil, started: 1, completed: 1, failed: 0, steps: [{ ...step, name: evil }] }],
    failures: [{ kind: 'check', what: evil, expected: evil, got: evil, count: 1, rows: [evil], ...SEEN }],
    badRows: [{ pool: evil, bad: [evil], of: 2, statuses: '', action: 'quarantine' }],
  })
  expect(stripVTControlCharacters(text).replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e\u2066]/u)
  expect(text.split('�[2J')).toHaveLength(11)
})

test('a cause is a sentence', () => {
  const silent: FailureCluster = { kind: 'request', what: 'home', count: 1, rows: [], ...SEEN }
  expect([...FAIL.failures.slice(0, 3), silent].map(causeSentence)).toEqual([
    'checkout › place order: order is accepted: expected status 200, got status 500',
    'checkout: request add-to-cart answered status 503 (from the tunnel)',
    'TypeError: x is not a function',
    'request home answered status 0',
  ])
})

const next = (record: Partial<RunRecord>): string | undefined =>
  /^Next {5}(.*)$/m.exec(ending({ ...PASS, ...record }, '/tmp/results/boutique-1', []))?.[1]

test('the end: the script’s own last lines, the report, where the results lie, what to do next', () => {
  const own = Array.from({ length: 23 }, (_, index) => ({ level: 'info', text: `line ${index}\u001b[2J` }))
  const text = stripVTControlCharacters(ending(PASS, `${process.cwd()}/results/boutique-1`, own))
  expect(text).toContain('The script wrote (last 20 of 23)\n  info line 3�[2J\n')
  expect(text.split('\n').slice(-2)).toEqual([
    'Results  results/boutique-1/run.json',
    `Next     ${next(PASS) ?? ''}`,
  ])
  expect(ending(PASS, 'x', [])).not.toContain('The script wrote')
})

test('of several instances it is told how many there were', () => {
  expect(textReport(PASS)).not.toContain('instances of k6')
  const [only] = PASS.instances
  expect(textReport({ ...PASS, instances: [only!, only!] })).toContain('0 failed · 2 instances of k6')
})

test('what the recorder could not read is told', () => {
  expect(report({ ...PASS, problems: [because('A push was lost.')] })).toMatch(
    /failed\nnot recorded: A push was lost\.$/,
  )
})

test('what to do next depends on how it ended', () => {
  const bad = [{ pool: 'p', bad: ['A'], of: 9, statuses: '404', action: 'abort' } as const]
  const cases: Record<string, Partial<RunRecord>> = {
    'smoke on the shop': {},
    'smoke elsewhere': { environment: 'staging', embedded: false, target: 'https://s.example' },
    'load passed': { profile: 'load' },
    'bad rows': { verdict: 'invalid', badRows: bad },
    'failed on the shop': { verdict: 'fail', faults: ['latency=/:5 ms'] },
    'failed elsewhere': {
      verdict: 'fail',
      environment: 'staging',
      embedded: false,
      target: 'https://s.example',
    },
    'nobody there': { verdict: 'invalid', embedded: false, target: 'http://127.0.0.1:1' },
    'odd words': {
      verdict: 'fail',
      embedded: false,
      target: 'http://h/$(x)',
      bundle: { file: 'my dist/a.js', sha256: '' },
    },
    'k6 refused': { verdict: 'invalid', exitCode: 104, embedded: false },
  }
  const texts = Object.entries(cases).map(([name, record]) => `${name}: ${next(record) ?? ''}`)
  expect(texts.join('\n')).toMatchInlineSnapshot(`
    "smoke on the shop: see one fail: npx loadwright run boutique --fault latency=/cart/checkout:4000 · load it: npx loadwright run boutique --profile load
    smoke elsewhere: load it: npx loadwright run boutique --environment staging --base-url https://s.example --profile load
    load passed: more than usual: npx loadwright run boutique --profile stress
    bad rows: correct the rows, or leave them out: npx loadwright run boutique --check-rows quarantine
    failed on the shop: one pass by hand: npx loadwright shop --fault 'latency=/:5 ms' & "$(npx loadwright k6 path)" run -i 1 dist/boutique.js
    failed elsewhere: one pass by hand: "$(npx loadwright k6 path)" run -i 1 -e ENVIRONMENT=staging -e BASE_URL=https://s.example dist/boutique.js
    nobody there: one pass by hand: "$(npx loadwright k6 path)" run -i 1 -e ENVIRONMENT=shop -e BASE_URL=http://127.0.0.1:1 dist/boutique.js
    odd words: one pass by hand: "$(npx loadwright k6 path)" run -i 1 -e ENVIRONMENT=shop -e 'BASE_URL=http://h/$(x)' 'my dist/a.js'
    k6 refused: show k6’s command: npx loadwright run boutique --environment shop --base-url http://127.0.0.1:8080 --dry-run"
  `)
})

test('crossed thresholds with their margin, notes, p99; explanations', () => {
  const { record } = fakeReport()
  const journeys = record.journeys.map((journey) => ({
    ...journey,
    steps: journey.steps.map((step) => ({ ...step, p99: 321 })),
  }))
  const text = report({ ...record, journeys })
  expect(text).toContain('p95     p99  requests  failed')
  expect(text).toContain(
    'Thresholds crossed\n  http_req_duration (journey: checkout, phase: steady): p(95) 912 ms, limit < 800 ms: 112 ms over (14 %)\n',
  )
  expect(text).toContain('note: k6’s p95 and the recorder’s differ by 3.1 %.')
  expect(text).toContain('All 348 failures carry 2 of 10 product ids')
})

test('a narrow terminal gets fewer columns, and lines that fit', () => {
  const { record } = fakeReport()
  const lines = (columns: number): string[] =>
    stripVTControlCharacters(textReport(record, columns)).split('\n').slice(4, 20)
  const widest = (columns: number): number => Math.max(...lines(columns).map(({ length }) => length))
  expect(widest(Infinity)).toBeGreaterThan(60)
  for (const columns of [72, 60, 50]) expect(widest(columns)).toBeLessThanOrEqual(columns)
  expect(lines(40).join('\n')).toContain('p95')
})

test('exceptions with their lines, once; own metrics with units and tags, in text and Markdown', () => {
  const { record } = fakeReport()
  const message = "TypeError: Cannot read property '0' of undefined"
  const told: RunRecord = {
    ...record,
    failures: [{ kind: 'error', what: message, count: 3, rows: [], ...SEEN }],
    exceptions: [
      {
        message,
        count: 3,
        iterations: 3,
        journey: 'bad',
        step: 'price',
        request: 'json',
        bug: true,
        source: { file: 'line/broken.ts', line: 7, column: 34 },
      },
    ],
    metrics: [
      {
        name: 'shop_value',
        kind: 'trend',
        unit: 'EUR',
        meaning: 'Value of an order',
        count: 1200,
        mean: 20.04,
        p50: 19,
        p95: 29,
        p99: 30,
        max: 31,
        tagged: [{ tags: { city: 'Rome' }, count: 1200, mean: 20.04, p50: 19, p95: 29, p99: 30 }],
      },
      { name: 'shop_accepted', kind: 'rate', count: 5000, value: 0.9996, tagged: [] },
    ],
  }
  const text = report(told)
  expect(text).toContain(
    `Exceptions\n  ≥ 3× ${message}\n      bad › price, after request json, at line/broken.ts:7:34: a mistake in the test\n\n`,
  )
  expect(text).not.toContain('Failures by cause')
  expect(text).toContain(
    [
      'Own metrics         count     value  p50  p95  p99  max',
      '  shop_value (EUR)  1,200        20   19   29   30   31',
      '    city=Rome       1,200        20   19   29   30',
      '  shop_accepted     5,000  > 99.9 %',
    ].join('\n'),
  )
  const markdown = markdownReport({ record: told })
  expect(markdown).toContain('| shop_value (EUR) | 1,200 | 20 | 19 | 29 | 30 | 31 |')
  expect(markdown).toContain('line/broken.ts:7:34')
  expect(junitReport({ record: told })).toMatch(
    /<testcase classname="bad.price" name="exception: TypeError[^>]*>\s*<error message="TypeError[^>]* type="exception">[^<]*line\/broken.ts:7:34/,
  )
})

test('what to do next keeps the flags that were given, but for what it changes and for secrets', () => {
  const given = [
    ...['boutique', '--profile=load', '--duration', '1m', '-e', 'TOKEN=hunter2', '-e', 'SEED=7'],
    ...['--remote-write', 'http://me:hunter2@127.0.0.1:9090', '--', '--tag', 'team=a'],
  ]
  const told = (record: Partial<RunRecord>, words = given): string =>
    /^Next {5}(.*)$/m.exec(ending({ ...PASS, ...record }, '/tmp/results/boutique-1', [], words))?.[1] ?? ''
  expect(told({ profile: 'load', embedded: false })).toBe(
    "more than usual: npx loadwright run boutique --duration 1m -e 'TOKEN=***' -e SEED=7 --remote-write 'http://***@127.0.0.1:9090' --profile stress -- --tag team=a",
  )
  expect(told({ script: 'a.js', verdict: 'fail' }, ['a.js', '--run-id', 'one', '--environment', 'dev'])).toBe(
    'again: npx loadwright run a.js --environment dev · watch it while you change it: npx loadwright dev a.js',
  )
  const variables = ['PROFILE=load', 'RUN_ID=x', 'BASE_URL=http://127.0.0.1:4']
  expect(told({ verdict: 'fail', variables })).toMatch(
    /& "\$\(npx loadwright k6 path\)" run -i 1 -e PROFILE=load dist\/boutique.js$/,
  )
})

test('the Web Vitals of each page are told with their band', () => {
  const vital = (metric: string, p75: number, rating: 'good' | 'poor') => ({ metric, count: 3, p75, rating })
  const pages = [
    {
      journey: 'buy',
      page: 'home',
      vitals: [
        vital('browser_web_vital_lcp', 186.6, 'good'),
        vital('browser_web_vital_cls', 0.25059, 'poor'),
      ],
    },
    { journey: 'buy', page: 'a|<b>', vitals: [vital('browser_web_vital_lcp', 4200, 'poor')] },
  ]
  const record: RunRecord = { ...PASS, pages }
  const text = stripVTControlCharacters(textReport(record))
  expect(text).toMatch(/^Web Vitals, p75 +visits +LCP +CLS$/m)
  expect(text).toMatch(/^ {2}home +3 +187 ms good +0\.251 poor$/m)
  expect(markdownReport({ record })).toContain('| home | 3 | 187 ms ✅ good | – | 0.251 ❌ poor | – | – |')
  expect(markdownReport({ record })).not.toContain('<b>')
})

test('sockets, calls and operations are told by name, with statuses and errors', () => {
  const times = { p50: 12, p95: 25 }
  const record: RunRecord = {
    ...PASS,
    sockets: [
      {
        journey: 'talk',
        socket: 'chat',
        sessions: 3,
        refused: [{ status: '401', count: 2 }],
        connecting: times,
        session: { p50: 2000 },
        sent: 6,
        received: 5,
      },
    ],
    calls: [
      {
        call: 'a|<b>',
        count: 4,
        failed: 1,
        ...times,
        statuses: [
          { status: 'OK', count: 3 },
          { status: 'UNAVAILABLE', count: 1 },
        ],
      },
    ],
    operations: [{ journey: 'ask', operation: 'Cart', count: 4, failed: 1 }],
    spans: [{ journey: 'talk', step: 'join', span: 'first answer', count: 3, ...times }],
  }
  const text = stripVTControlCharacters(textReport(record))
  expect(text).toMatch(
    /^WebSockets +sessions +refused +connecting p50 +p95 +session p50 +p95 +sent +received$/m,
  )
  expect(text).toMatch(/^ {2}talk › chat +3 +401 2 +12 ms +25 ms +2\.00 s +– +6 +5$/m)
  expect(text).toMatch(/^ {2}a\|<b> +4 +1 \(25 %\) +12 ms +25 ms +– +OK 3, UNAVAILABLE 1$/m)
  expect(text).toMatch(/^ {2}ask › Cart .* 1 \(25 %\)$/m)
  expect(text).toMatch(/^ {2}talk › join › first answer +3 +12 ms +25 ms +–$/m)
  const markdown = markdownReport({ record })
  expect(markdown).toContain('### GraphQL operations')
  expect(markdown).toMatch(/\| ask › Cart \|.*\| ❌ 1 \(25 %\) \|/)
  expect(markdown).not.toContain('<b>')
})
