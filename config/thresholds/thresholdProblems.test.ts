import { expect, test } from 'vitest'
import { sentence } from '../problem/problem.ts'
import { K6_METRICS, type MetricKind } from './metricKinds.ts'
import { thresholdProblems } from './thresholdProblems.ts'

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
