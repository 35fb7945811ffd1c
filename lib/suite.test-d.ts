import { expect, expectTypeOf, test } from 'vitest'
import { workload } from '../scenarios/index.ts'
import { journey } from './journey.ts'
import { counter, gauge, metrics, rate, trend } from './metrics.ts'
import { suite } from './suite.ts'
import type { SuiteDefinition } from './suiteDefinition.ts'

const browse = journey('browse', () => undefined)
const shop = metrics('shop', {
  orders: counter('Orders placed'),
  open: gauge('Carts open'),
  accepted: rate('Orders accepted'),
  basket: trend('Value of a basket'),
})
const bank = metrics('bank', { paid: rate('Payments that went through') })

const scenarios = { browsers: workload({ PROFILE: 'smoke', SCALE: 1 })(browse, { rate: 1 }) }
const base = { name: 'test', scenarios, metrics: [shop, bank] } as const

test('thresholds know k6’s metrics, the library’s and the suite’s own tables', () => {
  suite({
    ...base,
    thresholds: {
      http_req_failed: ['rate<0.01'],
      'http_req_duration{journey:browse,step:open}': ['p(95)<800', 'avg < 200'],
      journey_duration: ['p(99.9)<2000'],
      journeys_failed: ['count<5', { threshold: 'rate<0.1', abortOnFail: true, delayAbortEval: '10s' }],
      shop_orders: ['count>100'],
      shop_open: ['value<50'],
      'shop_accepted{phase:steady}': ['rate>0.99'],
      shop_basket: ['med>10'],
      bank_paid: ['rate==1'],
    },
  })
})

test('a metric that nobody declared does not compile', () => {
  // @ts-expect-error -- not a metric at all
  suite({ ...base, thresholds: { http_req_durations: ['p(95)<800'] } })
  // @ts-expect-error -- a table that the suite does not list
  suite({ name: 'test', scenarios, thresholds: { shop_orders: ['count>100'] } })
  // @ts-expect-error -- nor with tags
  suite({ ...base, thresholds: { 'shop_sold{journey:browse}': ['count>100'] } })
})

test('an expression is one of the metric’s kind', () => {
  // @ts-expect-error -- p(95) of a rate
  suite({ ...base, thresholds: { http_req_failed: ['p(95)<0.01'] } })
  // @ts-expect-error -- p(95) of an own rate, with tags
  suite({ ...base, thresholds: { 'shop_accepted{journey:browse}': ['p(95)<0.01'] } })
  // @ts-expect-error -- a count of a trend
  suite({ ...base, thresholds: { http_req_duration: ['count>1'] } })
  // @ts-expect-error -- an average of a counter
  suite({ ...base, thresholds: { shop_orders: ['avg<1'] } })
  // @ts-expect-error -- a bound that is not a number
  suite({ ...base, thresholds: { http_req_duration: ['p(95)<fast'] } })
  // @ts-expect-error -- an expression that could end the run is checked as well
  suite({ ...base, thresholds: { http_req_failed: [{ threshold: 'max<1', abortOnFail: true }] } })
})

test('what setup returns is what teardown gets', () => {
  suite({
    ...base,
    setup: () => Promise.resolve({ token: 't' }),
    teardown: (data) => {
      expectTypeOf(data).toEqualTypeOf<{ token: string }>()
    },
  })
  // @ts-expect-error -- teardown of other data than setup gives
  suite({ ...base, setup: () => ({ token: 't' }), teardown: (data: { tokens: string[] }) => expect(data) })
})

test('load and thresholds are the suite’s, never k6’s shortcuts', () => {
  expectTypeOf<NonNullable<SuiteDefinition<[], unknown>['options']>>().not.toHaveProperty('vus')
  // @ts-expect-error -- scenarios are declared beside, with the journey as `exec`
  suite({ ...base, options: { scenarios: {} } })
  // @ts-expect-error -- a suite runs something
  suite({ name: 'test' })
})
