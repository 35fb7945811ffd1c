import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Sample } from '../../testing/types.ts'
import { evaluate } from '../../testing/evaluate.ts'
import { estimateSeries } from './series.ts'

const sample = (metric: string, tags: Record<string, string>): Sample => ({
  metric,
  type: 'trend',
  value: 1,
  tags,
  metadata: {},
  time: 0,
  iteration: 0,
})

/** The samples of a pass of a script. */
async function samplesOf(body: string): Promise<Sample[]> {
  const code = `import http from 'k6/http'; import { check } from 'k6'; export default function () { ${body} }`
  return (await (await evaluate(code, { env: {} })).iterate()).samples
}

test('17 series for a request, 3 for a check, 3 for the iteration, 1 for the script', async () => {
  expect(estimateSeries(await samplesOf(''))).toMatchObject({ series: 4 })
  expect(estimateSeries(await samplesOf(`http.get('https://a.example/')`))).toMatchObject({ series: 21 })
  expect(estimateSeries(await samplesOf(`check(1, { a: true })`))).toMatchObject({ series: 7 })
})

test('the same request twice costs nothing more, another status or tag does', async () => {
  const once = `http.get('https://a.example/')`
  expect(estimateSeries(await samplesOf(once + ';' + once)).series).toBe(21)
  expect(
    estimateSeries(await samplesOf(`${once};http.get('https://a.example/', { tags: { x: '1' } })`)).series,
  ).toBe(38)
})

test('twenty named requests and twenty checks with two more tags: no less than the real output published (404, 68,584), and at most 15 % more', async () => {
  const samples = await samplesOf(`for (let i = 0; i < 20; i++) {
    const tags = { journey: 'checkout', step: 'step number ' + i }
    check(http.get('https://shop.example/', { tags: { name: 'request-' + i, ...tags } }), { ['check number ' + i]: true }, tags)
  }`)
  const { series, bytes } = estimateSeries(samples)
  expect(series).toBe(404)
  expect(bytes).toBeGreaterThan(68_584)
  expect(bytes).toBeLessThan(68_584 * 1.15)
})

test('labels that are taken away do not count, nor do series that are dropped', () => {
  const own = (tags: Record<string, string>): number =>
    estimateSeries([sample('own', {}), sample('own', tags)]).series
  expect(own({ error: 'a' })).toBe(2)
  expect(own({ group: '' })).toBe(2)
  expect(own({ group: '::a' })).toBe(3)
  expect(own({ resource_type: 'image' })).toBe(2)
  expect(own({ resource_type: 'document' })).toBe(3)
  expect(own({ 'x-y': 'a' })).toBe(3)
})

test('nothing is published of nothing', () => {
  expect(estimateSeries([])).toEqual({ series: 0, bytes: 0 })
  expect(estimateSeries([sample('vus', {}), sample('iterations', {})])).toEqual({ series: 0, bytes: 0 })
})

const tags = fc.dictionary(fc.constantFrom('a', 'b', 'step', 'error', 'group'), fc.string({ maxLength: 5 }))
const samples = fc.array(
  fc.record({ metric: fc.constantFrom('http_reqs', 'checks', 'own', 'vus', 'http_req_waiting'), tags }),
)
test('order and repetition do not matter, and more samples never make less', () => {
  fc.assert(
    fc.property(samples, samples, (some, others) => {
      const list = some.map(({ metric, tags }) => sample(metric, tags))
      const more = others.map(({ metric, tags }) => sample(metric, tags))
      expect(estimateSeries(list.toReversed())).toEqual(estimateSeries(list))
      expect(estimateSeries([...list, ...list])).toEqual(estimateSeries(list))
      expect(estimateSeries([...list, ...more]).series).toBeGreaterThanOrEqual(estimateSeries(list).series)
    }),
  )
})
