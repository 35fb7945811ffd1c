import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { importMetrics } from './importMetrics.ts'

const NO_ACCESS = { headers: {}, tls: { rejectUnauthorized: true }, secrets: ['s3cret'] }
const NOW = Date.parse('2026-11-30T12:00:30Z')
const QUERY = 'sum by (method, route) (rate(http_requests_total[5m]))'

test('a Prometheus is asked for the time that was said, in steps of the query’s own range', async () => {
  const asked: string[] = []
  const values = [
    [60, '1'],
    [120, '2'],
  ]
  let answer: [status: number, text: string] = [
    200,
    JSON.stringify({
      status: 'success',
      data: { resultType: 'matrix', result: [{ metric: { route: '/a' }, values }] },
    }),
  ]
  const server = createServer((request, response) => {
    void request.toArray().then((parts: Buffer[]) => {
      asked.push(
        `${request.url ?? ''} ${Buffer.concat(parts).toString()} ${request.headers.authorization ?? ''}`,
      )
      response.writeHead(answer[0]).end(answer[1])
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const access = { ...NO_ACCESS, headers: { authorization: 'Bearer s3cret' } }
  const given = { url, query: QUERY, access, problems: [], include: [], now: NOW }
  const { name, text, files, report } = await importMetrics(given)
  const beside = files.map((one) => one.text).join('')
  const [day, start] = [86_400, Date.parse('2026-11-29T12:00:00Z') / 1000]
  expect(asked[0]).toBe(
    `/api/v1/query_range query=${new URLSearchParams({ q: QUERY }).toString().slice(2)}&start=${start}&end=${start + day}&step=300&timeout=60s Bearer s3cret`,
  )
  expect(name).toBe('production')
  expect(beside).toContain(`"source": "${url.slice(7)}"`)
  expect(text + report('suites/a.ts') + beside).not.toContain('s3cret')
  const failed: [number, string, string][] = [
    [401, 'no s3cret', 'answers 401 (no …)'],
    [200, '<html>', 'answers something else than a Prometheus does'],
    [503, '', 'answers 503'],
  ]
  for (const [status, said, why] of failed) {
    answer = [status, said]
    await expect(importMetrics(given)).rejects.toThrow(`the Prometheus at ${url.slice(7)} ${why}`)
  }
  await expect(importMetrics({ ...given, url: 'http://127.0.0.1:1' })).rejects.toThrow(
    'the Prometheus at 127.0.0.1:1 ',
  )
})

test.each([
  [{ query: '' }, '--query: got nothing; allowed: PromQL that a Prometheus is asked'],
  [{ query: 'increase(a_total[1m])' }, '--query: got increase(…), which is no rate'],
  [{ from: 'yesterday' }, '--from: got "yesterday"; allowed: a duration before now such as 24h'],
  [{ from: '1h', to: '2026-11-30T10:00:00Z' }, '--from, --to: got an empty time'],
  [{ step: 'wide' }, '--step: got "wide"'],
  [{ step: '1h' }, '--step: got 1h, of which the query sees 5m; allowed: 5m or less, or rate(…[1h])'],
  [{ from: '20m' }, '--step: got 5 steps of 5m in 20m; allowed: 10 steps or more'],
  [{ from: '365d' }, '--step: got 105,121 steps of 5m in 8760h; allowed: 11,000'],
  [{ url: 'http://ada:hunter2@127.0.0.1:9090' }, 'with a user or a password in it'],
])('%j is refused before anything is asked', async (given, why) => {
  const all = {
    url: 'http://127.0.0.1:1',
    query: QUERY,
    access: NO_ACCESS,
    problems: [],
    include: [],
    now: NOW,
  }
  await expect(importMetrics({ ...all, ...given })).rejects.toThrow(why)
})
