import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { queryAnswer } from '../../prometheus/index.ts'
import { accessOf } from '../../telemetry/index.ts'
import { asker, meaningOf } from './ask.ts'

const answer = (data: object, more: object = {}): string =>
  JSON.stringify({ status: 'success', data, ...more })
const vector = (...values: string[]): object => ({
  resultType: 'vector',
  result: values.map((value) => ({ metric: {}, value: [1, value] })),
})
const read = (text: string, status = 200) => meaningOf(queryAnswer(status, text, (one) => one))

test.each([
  [answer(vector('0.25')), { is: 'number', value: 0.25 }],
  [answer({ resultType: 'scalar', result: [1, '3'] }), { is: 'number', value: 3 }],
  [answer(vector()), { is: 'nothing', why: 'no series' }],
  [answer(vector('NaN')), { is: 'nothing', why: 'NaN is no number' }],
  [answer(vector('+Inf')), { is: 'nothing', why: '+Inf is no number' }],
  [answer(vector('1', '2')), { is: 'wrong', why: 'gives 2 series, not one: put sum(…) or avg(…) around it' }],
  [answer({ resultType: 'matrix', result: [] }), { is: 'wrong', why: 'gives a matrix, not one number' }],
  [
    answer({ resultType: 'vector', result: [{ metric: {}, histogram: [1, {}] }] }),
    { is: 'wrong', why: 'gives a histogram, not a number: histogram_quantile(0.95, …)' },
  ],
  [
    answer(vector('1'), { warnings: ['store b: timeout'] }),
    { is: 'unanswered', why: 'answers only in part (store b: timeout)' },
  ],
  ['<html>', { is: 'wrong', why: 'answers something else than a Prometheus does' }],
  ['null', { is: 'wrong', why: 'answers something else than a Prometheus does' }],
])('%s', (text, meaning) => {
  expect(read(text)).toEqual(meaning)
})

test.each([
  [400, 'wrong'],
  [401, 'wrong'],
  [404, 'wrong'],
  [307, 'wrong'],
  [422, 'unanswered'],
  [429, 'unanswered'],
  [503, 'unanswered'],
])('status %d is %s', (status, is) => {
  expect(read('{"status":"error","error":"parse error"}', status)).toEqual({
    is,
    why: `answers ${status} (parse error)`,
  })
})

test('what is asked arrives, with what opens it, at the path that a Prometheus has', async () => {
  const seen: string[] = []
  const server = createServer((request, response) => {
    void request.toArray().then((parts: Buffer[]) => {
      seen.push(`${request.method ?? ''} ${request.url ?? ''} ${request.headers.authorization ?? ''}`)
      seen.push(Buffer.concat(parts).toString())
      response.end(answer(vector('1')))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const { access } = accessOf({ K6_PROMETHEUS_RW_BEARER_TOKEN: 's3cret' })
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  for (const url of [base, `${base}/prom/`, `${base}/prom/api/v1/query`]) {
    const ask = asker({ url, access })
    expect(await ask('up{a="b"}', new Date(1_700_000_000_500))).toEqual({ is: 'number', value: 1 })
    ask.close()
  }
  expect(seen[0]).toBe('POST /api/v1/query Bearer s3cret')
  expect(seen[1]).toBe('query=up%7Ba%3D%22b%22%7D&time=1700000000.5&timeout=10s')
  expect([seen[2], seen[4]]).toEqual(Array(2).fill('POST /prom/api/v1/query Bearer s3cret'))
  const gone = asker({ url: 'http://127.0.0.1:1', access })
  expect(await gone('up', new Date())).toMatchObject({ is: 'unanswered' })
  gone.close()
})
