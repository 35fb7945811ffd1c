import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ShopError } from '../errors.ts'
import { stream } from '../random.ts'
import { parseDistribution } from './distribution.ts'
import { FAULTS, parseFault, parseFaults } from './parse.ts'

const problem = (text: string): string => {
  try {
    parseFault(text)
  } catch (error) {
    if (error instanceof ShopError) return error.message
    throw error
  }
  return ''
}

test('every example of the table is a fault, and shows its syntax', () => {
  for (const { name, syntax, example } of FAULTS) {
    expect(parseFault(example)).toMatchObject({ kind: name, text: example })
    expect(syntax.startsWith(`${name}=`)).toBe(true)
  }
})

test.each([
  ['latency=/:20000', ['/']],
  ['latency=/product:5', ['/product']],
  ['latency=/product/{id}:5', ['/product']],
  ['latency=/cart:5', ['GET /cart', 'POST /cart']],
  ['latency=POST /cart:5', ['POST /cart']],
  ['latency=head /cart:5', ['GET /cart']],
  ['latency=/cart/checkout:5', ['/cart/checkout']],
  ['errors=POST *:0.5', ['POST /cart', '/cart/empty', '/cart/checkout', '/setCurrency', '/bot', '/graphql']],
  ['errors=/_healthz:1', ['/_healthz']],
])('%s means %j', (text, routes) => {
  expect(parseFault(text)).toMatchObject({ routes })
})

test('* is every route that a shopper uses', () => {
  expect(parseFault('latency=*:1')).toHaveProperty('routes.length', 14)
})

test('a problem says what was got, what is allowed, and what to write', () => {
  expect(
    [
      'laetncy=/:5',
      'drift',
      'errors=/cart:2',
      'errors=/crat:0.1',
      'latency=GET /bot:5',
      'latency=/:fast',
      'warm-up=5',
    ]
      .concat(['latency=/:uniform(9,1)', 'missing-products=OLJCESPC7X'])
      .map(problem)
      .join('\n'),
  ).toMatchInlineSnapshot(`
    "Fault "laetncy=/:5": "laetncy" is not one of missing-products, latency, errors, drop, warm-up, capacity, errors-above, drift, redirect-loss, page. Did you mean "latency"? Write for example latency=/product:normal(80,20).
    Fault "drift": it has no value. Write drift=PERCENT_PER_MINUTE, for example drift=10.
    Fault "errors=/cart:2": the share "2" is not a number from 0 to 1. Write errors=ROUTE:SHARE, for example errors=POST /cart:0.05.
    Fault "errors=/crat:0.1": the route "/crat" is not *, /, /product, /cart, /cart/empty, /cart/checkout, /setCurrency, /logout, /product-meta, /assistant, /bot, /graphql, /ws, /grpc, /static, /robots.txt, /_healthz, or a method and one of them. Did you mean "/cart"? Write errors=ROUTE:SHARE, for example errors=POST /cart:0.05.
    Fault "latency=GET /bot:5": the route "GET /bot" does not exist: /bot takes POST. Write latency=ROUTE:MS, for example latency=/product:normal(80,20).
    Fault "latency=/:fast": the delay "fast" is not MS or uniform(MIN,MAX), normal(MEAN,DEVIATION), lognormal(MEDIAN,SIGMA), exponential(MEAN), in ms up to 600000. Write latency=ROUTE:MS, for example latency=/product:normal(80,20).
    Fault "warm-up=5": "5" is not SECONDS:FACTOR. Write warm-up=SECONDS:FACTOR, for example warm-up=20:8.
    Fault "latency=/:uniform(9,1)": the delay "uniform(9,1)" cannot be: its minimum 9 is over its maximum 1. Write latency=ROUTE:MS, for example latency=/product:normal(80,20).
    Fault "missing-products=OLJCESPC7X": "OLJCESPC7X" is no product of this shop, which has OLJCESPC7Z, 66VCHSJNUP, 1YMWWN1N4O, L9ECAV7KIM, 2ZYFJ3GM2N, 0PUK6V6EV0, LS4PSXUNUM, 9SIQT8TOJO, 6E92ZMYYFZ. Did you mean "OLJCESPC7Z"? Write missing-products=ID,ID, for example missing-products=OLJCESPC7Z,66VCHSJNUP."
  `)
})

test('all problems come at once, contradictions among them', () => {
  expect(() => parseFaults(['drift=1', 'x=1', 'drift=2', 'errors=/:9'])).toThrow(
    expect.objectContaining({
      problems: [
        expect.stringContaining('"x" is not one of'),
        expect.stringContaining('the share "9"'),
        'Fault drift is given 2 times: "drift=1", "drift=2". Write it once.',
      ],
    }) as Error,
  )
  expect(parseFaults(['errors=/:0.1', 'errors=/cart:0.2', 'latency=/:1', 'latency=/:2'])).toHaveLength(4)
})

test('any text is a fault or a sentence', () => {
  const names = fc.constantFrom(...FAULTS.map(({ name }) => name), 'toString', '__proto__')
  const value = fc.oneof(fc.string(), fc.stringMatching(/^[/a-z]{0,9}:[a-z]{0,9}\(?[\d.,]{0,9}\)?$/))
  fc.assert(
    fc.property(names, value, (name, text) => {
      expect(problem(`${name}=${text}`)).toMatch(/^$|^Fault ".*/s)
    }),
  )
})

const ms = fc.integer({ min: 0, max: 10_000 })
const share = fc.double({ min: 0, max: 1, noNaN: true }).map((value) => value.toFixed(4))

test('what is written is what is read', () => {
  fc.assert(
    fc.property(share, ms, (part, time) => {
      expect(parseFault(`errors=/:${part}`)).toMatchObject({ share: Number(part), text: `errors=/:${part}` })
      expect(parseDistribution(String(time))(() => 0.5)).toBe(time)
    }),
  )
})

test('no distribution draws less than nothing or more than its bounds', () => {
  fc.assert(
    fc.property(ms, ms, fc.integer({ min: 0, max: 5 }), fc.integer(), (a, b, sigma, seed) => {
      const random = stream(seed, 'test')
      const [min, max] = [Math.min(a, b), Math.max(a, b)]
      const uniform = parseDistribution(`uniform(${min},${max})`)(random)
      expect(uniform >= min && uniform <= max).toBe(true)
      for (const text of [`normal(${a},${b})`, `lognormal(${a},${sigma})`, `exponential(${a})`]) {
        const draw = parseDistribution(text)(random)
        expect(draw >= 0 && Number.isFinite(draw)).toBe(true)
      }
    }),
  )
})
