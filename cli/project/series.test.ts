import { expect, test } from 'vitest'
import { evaluate } from '../../testing/evaluate.ts'
import { estimateSeriesOf } from './series.ts'

const SYSTEM = ['status', 'method', 'name', 'group', 'check', 'scenario', 'expected_response', 'proto']
const script = (scenarios: object, body: string): string => `
import http from 'k6/http'
import exec from 'k6/execution'
import { Counter } from 'k6/metrics'
const own = new Counter('own')
export const options = { systemTags: ${JSON.stringify(SYSTEM)}, scenarios: ${JSON.stringify(scenarios)} }
export default function () {
  ${body}
}`
const estimate = async (text: string, target?: string) =>
  estimateSeriesOf(await evaluate(text, { env: {}, checksHold: true }), target)
const LOAD = { executor: 'constant-vus', vus: 1, duration: '1s' }
const PHASED = { ...LOAD, env: { LOADWRIGHT_PHASES: 'ramp-up:1000,steady*:2000' } }
const countOf = (found: Awaited<ReturnType<typeof estimate>>, name: string) =>
  found.metrics.find(({ metric }) => metric === name)?.series ?? 0

test('a request is seven series: a connection’s times only where one is opened', async () => {
  const body = `for (const name of ['a', 'b', 'c']) http.get('http://h/' + name, { tags: { name } })`
  const found = await estimate(script({ one: LOAD }, body))
  expect(countOf(found, 'http_reqs')).toBe(3)
  expect(countOf(found, 'http_req_duration')).toBe(3)
  expect(countOf(found, 'http_req_failed')).toBe(3)
  expect(countOf(found, 'http_req_connecting')).toBe(1)
  expect(countOf(found, 'http_req_tls_handshaking')).toBe(0)
  expect(countOf(await estimate(script({ one: LOAD }, body), 'https://h'), 'http_req_tls_handshaking')).toBe(
    1,
  )
  expect(countOf(found, 'vus')).toBe(1)
  expect(found.perPhase).toBe(found.series)
})

test('what carries a phase is there in each, all else once; scenarios are apart', async () => {
  const body = `exec.vu.metrics.tags.phase = 'ramp-up'; own.add(1); exec.vu.metrics.tags.phase = 'ramp-up'`
  const found = await estimate(script({ one: PHASED, two: PHASED }, body))
  expect(found.phases).toEqual(['ramp-up', 'steady'])
  expect(countOf(found, 'own')).toBe(4)
  expect(countOf(found, 'vus')).toBe(1)
  expect(found.metrics.reduce((sum, { series }) => sum + series, 0)).toBe(found.series)
  expect(found.perPhase).toBeLessThan(found.series / 2)
})

test('ids in names are seen', async () => {
  const few = await estimate(script({ one: LOAD }, `http.get('http://h/' + __ITER, { tags: { name: 'a' } })`))
  const many = await estimate(script({ one: LOAD }, `http.get('http://h/' + __ITER)`))
  expect(many.series).toBeGreaterThan(few.series + 300)
})
