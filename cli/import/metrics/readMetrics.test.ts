import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { Production } from '../../record/index.ts'
import { importRecording } from '../importRecording.ts'

const scratch = mkdtempSync(join(tmpdir(), 'loadwright-metrics-'))
afterAll(() => rmSync(scratch, { recursive: true }))
const fixture = join(import.meta.dirname, 'fixtures/rates.json')

const imported = async (text: string, include: readonly string[] = []) => {
  const path = join(scratch, 'rates.json')
  writeFileSync(path, text)
  const made = await importRecording(path, { include })
  const traffic = made.files.find(({ name }) => name.endsWith('.traffic.json'))?.text ?? '{}'
  return { ...made, said: made.report('suites/a.ts'), traffic: JSON.parse(traffic) as Production }
}

type Labels = Readonly<Record<string, string>>
const vector = (...series: [labels: Labels, value: string][]): string =>
  JSON.stringify({
    status: 'success',
    data: {
      resultType: 'vector',
      result: series.map(([metric, value]) => ({ metric, value: [1000, value] })),
    },
  })
/** Values that are a minute apart; none where a text is empty. */
const matrix = (...series: [labels: Labels, ...values: string[]][]): string =>
  JSON.stringify({
    status: 'success',
    data: {
      resultType: 'matrix',
      result: series.map(([metric, ...values]) => ({
        metric,
        values: values.map((value, index) => [6000 + index * 60, value]).filter(([, value]) => value !== ''),
      })),
    },
  })

test('rates become a suite that a person could have written, the same every time', async () => {
  const { text, name, files, report } = await importRecording(fixture)
  const beside = files.map((one) => `\n/* ${one.name}\n${one.text}*/\n`).join('')
  await expect(`${text}\n/*\n${report(`suites/${name}.ts`)}\n*/\n${beside}`).toMatchFileSnapshot(
    join(import.meta.dirname, '../fixtures/rates.json.imported'),
  )
  const again = await importRecording(fixture)
  expect([again.text, again.files]).toEqual([text, files])
})

test('rates at one time are a mix without arrivals', async () => {
  const { text, said, traffic } = await imported(
    vector(
      [{ method: 'get', uri: '/a/{id}' }, '2.5'],
      [{ method: 'GET', uri: '/b' }, '1'],
      [{ uri: '/c' }, 'NaN'],
    ),
  )
  expect(traffic).toMatchObject({ stepSeconds: 0, pattern: [], perSecond: { mean: 3.5 } })
  expect(traffic.mix).toEqual([
    { name: '/a/:id', count: 9000 },
    { name: '/b', count: 3600 },
  ])
  expect(text).not.toContain('pattern')
  expect(text).toContain('redirects: 0')
  expect(said).toContain('Adequacy, if it is run by --profile load')
  expect(said).toContain(
    'Not known of production: the spread of its data, requests in progress, how its rate changes over time.',
  )
  expect(said).toContain('write ids of /a/:id that the target knows into rates.a.pool.csv')
})

test('addresses that are no templates are folded, and are the rows of pools', async () => {
  const { traffic, files } = await imported(
    matrix([{ path: '/item/17' }, '2', '1.5'], [{ path: '/item/18?token=hunter2' }, '1', '1']),
  )
  expect(traffic.mix).toEqual([
    { name: '/item/:id', count: 330, distinct: 2, topTen: 1, pool: { name: 'rates.item', share: 1 } },
  ])
  expect(files[0]?.text).toBe('path,count\n/item/17,210\n/item/18,120\n')
})

test('counters become rates: resets, gaps, and sums of which a part began anew', async () => {
  const rates = async (labels: Labels, ...values: string[]) => {
    const { traffic, said } = await imported(matrix([labels, ...values]))
    return { times: traffic.pattern.map(({ times }) => times), requests: traffic.requests, said }
  }
  const one = await rates(
    { __name__: 'http_requests_total', path: '/a' },
    '100',
    '160',
    '60',
    '',
    '180',
    '180',
  )
  expect([one.times, one.requests]).toEqual([[1.25, 1.25, 1.25, 1.25, 0], 240])
  expect(one.said).toContain('the series are counters')
  const rising = Array.from(
    { length: 30 },
    (_, index) => `${index < 25 ? 1000 + index * 60 : 500 + index * 60}`,
  )
  const sums = await rates({ path: '/a' }, ...rising)
  expect(sums.requests).toBe(28 * 60)
  expect(sums.said).toContain('1 sum of counters fell where a process began anew')
})

test('steps without a number are no time; what is left out is in no rate; --include keeps it', async () => {
  const of = (http_request_method: string, http_response_status_code: string, http_route = '/a') => ({
    http_route,
    http_request_method,
    http_response_status_code,
  })
  const text = matrix(
    [of('GET', '200'), '1', '', '3', '2', 'NaN'],
    [of('GET', '404'), '9', '', '9'],
    [of('POST', '200'), '1', '', '1'],
    [of('GET', '2xx', '/healthz'), '5', '', '5'],
  )
  const { traffic, said } = await imported(text)
  expect(traffic).toMatchObject({ seconds: 180, stepSeconds: 60, perSecond: { mean: 2.667, max: 4 } })
  expect(said).toContain('1 of 4 steps have no number')
  expect(said).toContain('health checks and monitors: 600')
  expect(said).toContain('POST /a: 120 requests: their bodies are not known')
  const kept = await imported(text, ['POST /a', '/healthz'])
  expect(kept.traffic.mix.map(({ name }) => name)).toEqual(['/healthz', '/a', 'POST /a'])
})

const ROUTE = { route: '/a' }
test.each([
  [
    'an error',
    '{"status":"error","errorType":"bad_data","error":"parse \\u001b[1merror"}',
    'rates.json: Prometheus answered with an error: parse �[1merror',
  ],
  ['no series', vector(), 'rates.json has no series: the query finds nothing at that time: try sum by'],
  [
    'a scalar',
    '{"resultType":"scalar","result":[1,"2"]}',
    'rates.json: got a scalar; allowed: a matrix or a vector',
  ],
  [
    'no path',
    vector([{ job: 'shop', method: 'GET' }, '1']),
    'no label names the path of a request: got the labels job, method; allowed: one of http_route, route',
  ],
  [
    'a handler that is no path',
    vector([{ handler: 'Orders.show' }, '1']),
    'got handler="Orders.show", which is no path',
  ],
  ['no labels', vector([{}, '1']), 'got no label; allowed: one of'],
  ['NaN', vector([ROUTE, 'NaN']), 'rates.json: its series has only NaN, which is no rate'],
  ['a fall', vector([ROUTE, '-1']), 'rates.json: got -1, which is no rate'],
  [
    'buckets',
    vector([{ route: '/a', le: '0.1' }, '1']),
    'the label le says that its series are parts of a histogram',
  ],
  [
    'histograms',
    '[{"metric":{"route":"/a"},"histogram":[1,{"count":"3"}]}]',
    'rates.json has histograms, not rates',
  ],
  [
    'two metrics',
    vector([{ __name__: 'a', ...ROUTE }, '1'], [{ __name__: 'b', ...ROUTE }, '1']),
    'has several metrics (a, b)',
  ],
  [
    'counters at one time',
    vector([{ __name__: 'a_total', ...ROUTE }, '1']),
    'rates.json has counters at one time',
  ],
  ['one step', matrix([ROUTE, '1']), 'rates.json has one step alone'],
  ['zeros', matrix([ROUTE, '0', '0']), 'rates.json: each of its rates is 0'],
  [
    'health checks',
    vector([{ route: '/healthz' }, '1']),
    'none of the requests counts: health checks and monitors: 3,600.',
  ],
  ['damage', '[{"metric":{"route":"/a"},"values":[["x"]]}]', 'rates.json is no whole answer of Prometheus'],
  ['a page', '<!DOCTYPE html><title>Log in</title>', 'is nothing that can be imported: got a page of HTML'],
  ['other JSON', '{"status":"success","data":[1]}', 'got JSON with "status", "data"; allowed: '],
])('%s is refused in a sentence', async (_, text, why) => {
  await expect(imported(text)).rejects.toThrow(why)
})
