import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createStore } from '../record/index.ts'
import { outcomeOf } from './outcome.ts'
import type { Plan } from './plan.ts'
import type { RunRecord } from './record.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'loadwright-outcome-'))
})
afterEach(() => rm(folder, { recursive: true }))

const plan = { manifest: { journeys: ['browse'], steps: [] }, judged: ['steady'] } as unknown as Plan
const started = { id: 'run-1', k6: { version: 'v2.2.0', path: '/k6', command: [] } } as unknown as RunRecord
const outcome = (code: number | undefined, store = createStore()) =>
  outcomeOf(started, plan, { store, problems: ['a push was lost'] }, { code, interrupted: false }, folder)

test('console, summary and figures become one record', async () => {
  const store = createStore()
  const labels = { journey: 'browse' }
  store.add([{ name: 'k6_journeys_started_total', labels, samples: [{ at: 1, value: 5 }], histograms: [] }])
  await writeFile(
    join(folder, 'console.log'),
    `time="" level=warning msg=${JSON.stringify('{"loadwright":"failure","kind":"error","what":"boom","vu":1,"count":2}')}\n` +
      `time="" level=info msg=hello\n`,
  )
  const metrics = {
    iterations: { count: 9, rate: 1 },
    http_reqs: { count: 30, rate: 3 },
    checks: { passes: 3, fails: 1, value: 0.75, thresholds: { 'rate>0.9': true } },
  }
  const root_group = { checks: { up: { name: 'up', path: '::up', passes: 3, fails: 1 } } }
  await writeFile(join(folder, 'k6-summary.json'), JSON.stringify({ metrics, root_group }))
  const { record, console } = await outcome(99, store)
  expect(record).toMatchObject({
    ...{ id: 'run-1', state: 'ended', verdict: 'fail', exitCode: 99, problems: ['a push was lost'] },
    reasons: ['checks: rate>0.9 was crossed (0.75)'],
    k6: { version: 'v2.2.0', exitCode: 99 },
    journeys: [{ name: 'browse', started: 5 }],
    failures: [{ what: 'boom', count: 2 }],
    totals: { iterations: 9, dropped: 0, requests: 30, checks: 4, failedChecks: 1 },
  })
  expect(record.endedAt).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/)
  expect(console.own).toEqual([{ level: 'info', text: 'hello' }])
})

test.each([
  [undefined, 'k6 was killed before its end'],
  [0, 'not one iteration was completed'],
])('a k6 that ended with %s and left nothing is no pass', async (code, reason) => {
  await writeFile(join(folder, 'k6-summary.json'), '{"metrics":{"iter')
  expect((await outcome(code)).record).toMatchObject({ verdict: 'invalid', exitCode: 96, reasons: [reason] })
})
