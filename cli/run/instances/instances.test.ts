import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { logReader } from '../../k6/index.ts'
import { createStore } from '../../record/index.ts'
import { abortingIn, crossedBy } from './abortOnFail.ts'
import { codeOf, lostBy } from './ends.ts'
import { gatherLogs } from './gatherLogs.ts'
import { partsOf } from './parts.ts'
import { progressLine } from './progress.ts'

test('a load is divided into equal parts, each with a port of its own', async () => {
  const parts = await partsOf(3)
  expect(parts.map(({ id, segment, sequence }) => [id, segment, sequence])).toEqual([
    ['1', '0:1/3', '0,1/3,2/3,1'],
    ['2', '1/3:2/3', '0,1/3,2/3,1'],
    ['3', '2/3:1', '0,1/3,2/3,1'],
  ])
  expect(new Set(parts.map(({ port }) => port)).size).toBe(3)
})

test('an instance is lost by a signal or a crash; its own end tells of the test', () => {
  expect(lostBy({ code: undefined }, 'SIGKILL')).toBe('was killed (SIGKILL)')
  expect(lostBy({ code: undefined, failure: 'ENOENT' }, null)).toBe('could not be started: ENOENT')
  expect([106, 109, 2].map((code) => lostBy({ code }, null))).toEqual(
    [106, 109, 2].map((code) => `ended with exit code ${code}`),
  )
  for (const code of [0, 104, 107, 108, 110]) expect(lostBy({ code }, null)).toBeUndefined()
})

test('the exit code of all is that of the first that ended otherwise than by its own end', () => {
  const ends = (...codes: (number | undefined)[]) => codes.map((code) => ({ code }))
  const own = { isAborted: false, first: undefined }
  expect(codeOf(ends(0, 0), own)).toBe(0)
  expect(codeOf(ends(0, 110), own)).toBe(110)
  expect(codeOf(ends(105, 105), own)).toBe(105)
  expect(codeOf(ends(0, undefined), own)).toBeUndefined()
  expect(codeOf(ends(105, 105), { isAborted: true, first: undefined })).toBe(99)
  expect(codeOf(ends(105, 107), { isAborted: false, first: { code: 107 } })).toBe(107)
  expect(codeOf(ends(105, undefined), { isAborted: false, first: { code: undefined } })).toBeUndefined()
})

/** Two k6 that counted so many, and had these shares of something. */
function storeOf(counts: readonly number[], shares: readonly number[]) {
  const store = createStore()
  const push = (name: string, id: number, value: number) =>
    store.add([{ name, labels: { instance_id: String(id) }, samples: [{ at: 1000, value }], histograms: [] }])
  counts.forEach((count, id) => push('k6_iterations_total', id, count))
  counts.forEach((count, id) => push('k6_done_total', id, count))
  shares.forEach((share, id) => push('k6_odd_rate', id, share))
  counts.forEach((_, id) => push('k6_vus', id, 2))
  return store
}

test('a threshold that can end a run is judged over all instances, after its delay', () => {
  const aborting = abortingIn({
    iterations: [{ threshold: 'count<100', abortOnFail: true, delayAbortEval: '10s' }, 'count<1'],
    done: [{ threshold: 'count<100', abortOnFail: true }],
    odd: [{ threshold: 'rate<0.4', abortOnFail: true }],
    http_req_duration: [{ threshold: 'p(95)<1', abortOnFail: true }],
  })
  expect(crossedBy(storeOf([60, 60], [0.5, 0.6]), aborting, [], 5)).toEqual(['done', 'odd'])
  expect(crossedBy(storeOf([60, 60], []), aborting, [], 10)).toEqual(['iterations', 'done'])
  // Of shares without counts only what they agree on is known.
  expect(crossedBy(storeOf([40, 40], [0.3, 0.6]), aborting, [], 20)).toEqual([])
})

test('logs are gathered line by line, each with its instance; what several say is one', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'loadwright-logs-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = (name: string): string => join(folder, name)
  const warning = 'time="2026-01-01T00:00:00Z" level=warning msg="slow disk"'
  for (const id of ['1', '2']) writeFileSync(file(`k6-${id}.log`), `${warning}\n`)
  const logs = await gatherLogs(
    ['1', '2', '3'].map((id) => ({ id, file: file(`k6-${id}.log`) })),
    file('k6.log'),
  )
  await logs.say('error', 'thresholds "were" crossed')
  await logs.close()
  expect(readdirSync(folder)).toEqual(['k6.log'])
  const lines = readFileSync(file('k6.log'), 'utf8').trim().split('\n')
  expect(lines).toContain(`${warning} instance_id=2`)
  const { line, content } = logReader()
  for (const each of lines) line(each)
  expect(content.said.map(({ text, count }) => [text, count]).sort()).toEqual([
    ['slow disk', 2],
    ['thresholds "were" crossed', 1],
  ])
})

test('one line says where all of them are', () => {
  expect(progressLine(storeOf([30, 12], []), 12.3, 60)).toBe(
    'running 12 s of about 60 s · 4 VUs · 42 iterations · 0 requests',
  )
})
