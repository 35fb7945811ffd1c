import { expect, test } from 'vitest'
import { adequacyCells } from './cells.ts'
import { adequacyOf, type TestTraffic } from './adequacy.ts'

const production = (counts: Record<string, number>, more: { concurrency?: number } = {}) => ({
  source: 'access.log',
  requests: 10_000,
  seconds: 1000,
  perSecond: { mean: 10, p50: 9, p95: 18, p99: 25, max: 30 },
  mix: Object.entries(counts).map(([name, count]) => ({ name, count })),
  ...more,
})
const traffic = (counts: Record<string, number>, more: Partial<TestTraffic> = {}): TestTraffic => ({
  counts: new Map(Object.entries(counts)),
  mean: 10,
  pools: new Map(),
  ...more,
})
/** What differs, by its name. */
const differing = (...[of, by]: Parameters<typeof adequacyOf>): string[] =>
  adequacyOf(of, by).rows.flatMap(({ what, differs }) => (differs ? [what] : []))

test('a share differs where chance does not explain it', () => {
  const half = production({ '/a': 5000, '/b': 5000 })
  expect(differing(half, traffic({ '/a': 55, '/b': 45 }))).toEqual([])
  expect(differing(half, traffic({ '/a': 5500, '/b': 4500 }))).toEqual(['/a', '/b'])
  // Weights of a plan are no sample: what may differ by chance is production.
  expect(differing(half, traffic({ '/a': 51, '/b': 49 }, { planned: true }))).toEqual([])
  expect(differing(half, traffic({ '/a': 52, '/b': 48 }, { planned: true }))).toEqual(['/a', '/b'])
  // Half a point matters to nobody, however sure it is.
  const many = production({ '/a': 5e9, '/b': 5e9 })
  expect(differing(many, traffic({ '/a': 5.04e9, '/b': 4.96e9 }))).toEqual([])
  expect(adequacyOf(half, traffic({ '/a': 5500, '/b': 4500 })).sentence).toBe(
    'The test is not adequate to the traffic of access.log: its mix is another (/a 55 % in place of 50 %, /b 45 % in place of 50 %).',
  )
})

test('what the test does not ask for counts together, and so does what production was not asked for', () => {
  const four = { '/a': 9000, '/b': 400, '/c': 400, '/d': 200 }
  expect(differing(production(four), traffic({ '/a': 92, '/b': 4, '/c': 4 }))).toEqual([])
  const { rows, sentence } = adequacyOf(production(four), traffic({ '/a': 100 }))
  expect(rows.find(({ what }) => what.startsWith('all that'))).toMatchObject({
    production: 0.1,
    differs: true,
  })
  expect(sentence).toContain('it asks for nothing of 10 % of production’s requests')
  expect(differing(production({ '/a': 10 }), traffic({ '/a': 90, '/x': 10 }))).toContain(
    'other requests of the test',
  )
})

test('a rate below that of production, on average or in its busiest time, and too few requests in progress', () => {
  const known = production({ '/a': 10_000 }, { concurrency: 4 })
  expect(differing(known, traffic({ '/a': 100 }, { mean: 8, busiest: 20, concurrency: 2 }))).toEqual([])
  const { sentence } = adequacyOf(known, traffic({ '/a': 100 }, { mean: 7.9, busiest: 19, concurrency: 1.9 }))
  expect(sentence).toBe(
    'The test is not adequate to the traffic of access.log: its rate is lower (on average 7.9/s in place of 10/s); its rate is lower (in one second of a hundred 19/s in place of 25/s); fewer requests are in progress (1.9 in place of 4).',
  )
})

test('a test that sent nothing is no number that is none, and is not adequate', () => {
  const adequacy = adequacyOf(production({ '/a': 9000, '/b': 1000 }), traffic({}, { mean: 0 }))
  expect(JSON.stringify(adequacy)).not.toContain('null')
  expect(
    adequacyCells(adequacy)
      .flatMap(({ cells }) => cells)
      .join(),
  ).not.toMatch(/NaN|Infinity/)
  expect(adequacy.sentence).toContain('it asks for nothing of 100 % of production’s requests')
})

test('names are names, whatever they look like', () => {
  const names = { ['__proto__']: 5000, constructor: 4000, 'all that is': 1000 }
  const { rows } = adequacyOf(production(names), traffic({ toString: 100 }))
  expect(rows.filter(({ aspect }) => aspect === 'not covered').map(({ what }) => what)).toEqual([
    '__proto__',
    'constructor',
    'all that is',
    'all that the test does not ask for',
  ])
})

test('too few requests, of production or of the test, cannot tell that it is adequate', () => {
  const told = (counts: Record<string, number>, by: TestTraffic): string =>
    adequacyOf(production(counts), by).sentence
  const plan = traffic({ '/a': 1 }, { planned: true })
  expect(told({ '/a': 1 }, plan)).toBe(
    'Whether the test is adequate to the traffic of access.log cannot be told: it has 1 request, and fewer than 100 tell nothing of shares.',
  )
  expect(told({ '/a': 100 }, plan)).toBe('The test is adequate to the traffic of access.log.')
  expect(told({ '/a': 10_000 }, traffic({ '/a': 99 }))).toContain('cannot be told: the test has 99 requests')
  // What differs by more than chance differs, however few they are.
  expect(told({ '/a': 5000, '/b': 5000 }, traffic({ '/a': 50 }))).toContain('is not adequate')
})
