import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sentence } from './problem.ts'
import {
  K6_METRICS,
  parseThresholdKey,
  thresholdKey,
  thresholdProblems,
  narrowed,
  type K6Threshold,
  type MetricKind,
} from './thresholds.ts'

test('a key with tags is written and read back', () => {
  const name = fc.stringMatching(/^[a-zA-Z_][a-zA-Z0-9_]{1,20}$/)
  const tag = fc.stringMatching(/^[a-z][a-z_]{0,9}$/)
  const text = fc.stringMatching(/^[^\s,"']([^,"']{0,20}[^\s,"'])?$/)
  fc.assert(
    fc.property(name, fc.dictionary(tag, text, { noNullPrototype: true }), (metric, tags) => {
      expect(parseThresholdKey(thresholdKey({ metric, tags }))).toEqual({ metric, tags })
    }),
  )
})

test.each([
  ['http_reqs', { metric: 'http_reqs', tags: {} }],
  ['http_reqs{name:home}', { metric: 'http_reqs', tags: { name: 'home' } }],
  [
    'http_reqs{ name : home , phase : steady }',
    { metric: 'http_reqs', tags: { name: 'home', phase: 'steady' } },
  ],
  ['checks{group:::checkout::pay}', { metric: 'checks', tags: { group: '::checkout::pay' } }],
  ['http_reqs{url:http://h:80/{id}}', { metric: 'http_reqs', tags: { url: 'http://h:80/{id}' } }],
  [`http_reqs{name:"home", step:'a b'}`, { metric: 'http_reqs', tags: { name: 'home', step: 'a b' } }],
])('%s is taken apart as k6 does', (key, parsed) => {
  expect(parseThresholdKey(key)).toEqual(parsed)
})

test.each([
  '',
  '{a:b}',
  '1x',
  'a-b',
  'x{',
  'x}',
  'x{a:b',
  'x{a:b}y',
  'x{}',
  'x{a}',
  'x{a:}',
  'x{:b}',
  'x{a:b,}',
])('%j is malformed', (key) => {
  expect(parseThresholdKey(key)).toBeUndefined()
})

/** Thresholds narrowed to these phases, whatever the key. */
const judged = (thresholds: Record<string, K6Threshold[]>, phases: readonly string[]) =>
  narrowed(thresholds, () => phases.map((phase) => `phase:${phase}`))

test('the judged phase is added where the metric carries one and the key names none', () => {
  const thresholds = {
    journey_failed: ['rate<0.01'],
    'http_req_duration{journey:checkout}': ['p(95)<800', { threshold: 'p(99)<2000', abortOnFail: true }],
    'http_req_duration{phase:warm-up}': ['p(95)<5000'],
    dropped_iterations: ['count<1'],
    vus: ['value<10'],
    'vus_max{a:b}': ['value<10'],
  }
  expect(judged(thresholds, ['steady'])).toMatchInlineSnapshot(`
    {
      "dropped_iterations": [
        "count<1",
      ],
      "http_req_duration{journey:checkout,phase:steady}": [
        "p(95)<800",
        {
          "abortOnFail": true,
          "threshold": "p(99)<2000",
        },
      ],
      "http_req_duration{phase:warm-up}": [
        "p(95)<5000",
      ],
      "journey_failed{phase:steady}": [
        "rate<0.01",
      ],
      "vus": [
        "value<10",
      ],
      "vus_max{a:b}": [
        "value<10",
      ],
    }
  `)
  expect(judged({ checks: ['rate>0.9'] }, ['spike', 'recovery'])).toEqual({
    'checks{phase:spike}': ['rate>0.9'],
    'checks{phase:recovery}': ['rate>0.9'],
  })
  expect(judged(thresholds, [])).toEqual(thresholds)
})

test('a phase that was written and one that is added are judged together', () => {
  const both = { checks: ['rate>0.9'], 'checks{phase:steady}': ['rate>0.5'] }
  expect(judged(both, ['steady'])).toEqual({ 'checks{phase:steady}': ['rate>0.9', 'rate>0.5'] })
})

const kinds: Record<string, MetricKind> = { orders: 'counter', level: 'gauge', ok: 'rate', wait: 'trend' }

test.each([
  ['orders', ['count>0', 'rate<10', 'count===5']],
  ['level', ['value<100', 'value != 0']],
  ['ok', ['rate<0.01', 'rate>=.5'.replace('.5', '0.5'), '  rate  ==  1  ']],
  ['wait', ['avg<1', 'min>=0', 'max<-1.5', 'med<3', 'p(95)<800', 'p(99.9)<=2000', 'p(0)>0', 'p(100)<9']],
  ['wait{journey:x}', [{ threshold: 'p(95)<1', abortOnFail: true, delayAbortEval: '5s' }]],
  ['wait', []],
])('of %s one may ask %j', (key, list) => {
  expect(thresholdProblems({ [key]: list }, kinds)).toEqual([])
})

test.each([
  ['orders', ['p(95)<1', 'value<1', 'counts>0']],
  ['level', ['rate<1', 'avg<1']],
  ['ok', ['p(95)<1', 'count<1', 'rate<1%', 'rate<', 'rate 1', '']],
  ['wait', ['rate<1', 'p95<1', 'p(101)<1', 'p(-1)<1', 'p()<1', 'avg<1s', 'avg<<1', 'avg=1', 'avg<1e']],
  ['wait', [{ threshold: 'rate<1' }, { abortOnFail: true }, 5, null]],
])('of %s one may not ask %j: a problem each', (key, list) => {
  expect(thresholdProblems({ [key]: list }, kinds)).toHaveLength(list.length)
})

test('problems name the key, what was got and what the kind allows; a metric that is not there has its neighbour', () => {
  const wrong = {
    ok: ['p(95)<1'],
    wait: ['rate<1'],
    'orders{a}': [],
    orderz: ['count>0'],
    toString: ['count>0'],
  }
  expect(thresholdProblems(wrong, kinds).map(sentence).join('\n')).toMatchInlineSnapshot(`
    "thresholds["ok"]: got "p(95)<1"; allowed: for a rate: rate<0.01
    thresholds["wait"]: got "rate<1"; allowed: for a trend: p(95)<800, or avg, min, max, med
    thresholds["orders{a}"]: got "orders{a}"; allowed: metric or metric{tag:value,…}
    thresholds["orderz"]: got "orderz"; allowed: orders, level, ok, wait. Did you mean "orders"?
    thresholds["toString"]: got "toString"; allowed: orders, level, ok, wait"
  `)
})

test('k6’s own metrics are listed by their kind', () => {
  const of = (wanted: MetricKind) =>
    Object.entries(K6_METRICS).flatMap(([name, kind]) => (kind === wanted ? [name] : []))
  expect(of('rate')).toEqual(['checks', 'http_req_failed'])
  expect(of('gauge')).toEqual(['vus', 'vus_max'])
})

test.each<[unknown, string]>([
  ['rate>0.9', 'thresholds: got "rate>0.9"; allowed: { http_req_duration: [\'p(95)<800\'], … }'],
  [
    { checks: 'rate>0.9' },
    `thresholds["checks"]: got "rate>0.9"; allowed: a list of expressions, such as ['rate<0.01']`,
  ],
  [
    { checks: [5] },
    `thresholds["checks"]: got 5; allowed: a text such as 'rate<0.01', or { threshold: 'rate<0.01', … }`,
  ],
  [
    { checks: [{ threshold: 5 }] },
    `thresholds["checks"]: got {"threshold":5}; allowed: a text such as 'rate<0.01', or { threshold: 'rate<0.01', … }`,
  ],
  [
    { checks: [{ threshold: 'rate>0.9', abortonfail: true }] },
    'thresholds["checks"]: field: got "abortonfail"; allowed: threshold, abortOnFail, delayAbortEval. Did you mean "abortOnFail"?',
  ],
  [
    { checks: [{ threshold: 'rate>0.9', abortOnFail: 'yes' }] },
    'thresholds["checks"]: abortOnFail: got "yes"; allowed: true or false',
  ],
  [
    { checks: [{ threshold: 'rate>0.9', delayAbortEval: 'soon' }] },
    `thresholds["checks"]: delayAbortEval: got "soon"; allowed: a duration such as '10s'`,
  ],
  [
    { checks: ['rate>Infinity'] },
    'thresholds["checks"]: got "rate>Infinity"; allowed: for a rate: rate<0.01',
  ],
  [
    { 'checks{': ['rate>0.9'] },
    'thresholds["checks{"]: got "checks{"; allowed: metric or metric{tag:value,…}',
  ],
])('%j is refused with what is allowed', (thresholds, text) => {
  expect(thresholdProblems(thresholds, K6_METRICS).map(sentence)).toEqual([text])
})

test('what cannot be read is not narrowed, so that it is told as it was written', () => {
  const odd = { 'checks{': ['rate>0.9'], 'checks{a:b': ['rate>0.9'], checks: 'rate>0.9' } as never
  expect(judged(odd, ['steady'])).toEqual(odd)
})
