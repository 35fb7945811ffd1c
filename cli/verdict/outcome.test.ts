import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createStore, diskFolder, type RunRecord, type Timeline } from '../record/index.ts'
import { outcomeOf } from './outcome.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'loadwright-outcome-'))
})
afterEach(() => rm(folder, { recursive: true }))

const started = {
  id: 'run-1',
  startedAt: '2026-11-22T00:00:00Z',
  bundle: { file: 'dist/shop.js', sha256: '' },
  journeys: [{ name: 'browse', steps: [] }],
  judgedPhases: ['steady'],
  load: { replaced: false, singlePass: false },
  instances: [{ region: 'eu', k6: { version: 'v2.2.0', path: '/k6', command: [] } }],
} as unknown as RunRecord
const lost = { code: 'push-not-read', text: 'a push was lost', data: {} }
const EMPTY = { window: 10, at: [] } as unknown as Timeline
const outcome = (code: number | undefined, store = createStore()) =>
  outcomeOf(
    started,
    { store, problems: [lost], timeline: () => EMPTY },
    { code, interrupted: false },
    diskFolder(folder),
  )

test.each([
  [30, 99, ['checks: rate>0.9 was crossed (0.75)', 'the script threw in 2 of 9 iterations: boom']],
  [
    29,
    96,
    [
      'the recorder counted 29 of http_reqs, k6 30: the record is incomplete',
      'checks: rate>0.9 was crossed (0.75)',
    ],
  ],
])(
  'console, summary and figures become one record: %i requests recorded',
  async (requests, exitCode, reasons) => {
    const store = createStore()
    const labels = { journey: 'browse' }
    const counter = (metric: string, value: number) => ({
      name: `k6_${metric}_total`,
      labels,
      samples: [{ at: 1, value }],
      histograms: [],
    })
    store.add([
      counter('journeys_started', 5),
      counter('journeys_completed', 5),
      counter('iterations', 9),
      counter('http_reqs', requests),
    ])
    await writeFile(
      join(folder, 'k6.log'),
      `time="" level=warning msg=${JSON.stringify('{"loadwright":"failure","kind":"error","what":"boom","vu":1,"count":2}')}\n` +
        `time="" level=info msg=hello source=console\n`,
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
      id: 'run-1',
      state: 'ended',
      verdict: exitCode === 99 ? 'fail' : 'invalid',
      exitCode,
      problems: [lost],
      reasons: reasons.map((text) => ({ text })),
      agreement: { recorded: { requests }, k6: { requests: 30 } },
      instances: [
        {
          region: 'eu',
          k6: { version: 'v2.2.0' },
          exit: 99,
          summary: 'k6-summary.json',
          counts: { requests: 30 },
        },
      ],
      journeys: [{ name: 'browse', started: 5 }],
      failures: [{ what: 'boom', count: 2 }],
      totals: { iterations: 9, dropped: 0, requests: 30, checks: 4, failedChecks: 1 },
    })
    expect(record.endedAt).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/)
    expect(console.own).toEqual([{ level: 'info', text: 'hello' }])
  },
)

test.each([
  [undefined, 'k6 was killed before its end'],
  [0, 'not one iteration was completed'],
])('a k6 that ended with %s and left nothing is no pass', async (code, reason) => {
  await writeFile(join(folder, 'k6-summary.json'), '{"metrics":{"iter')
  expect((await outcome(code)).record).toMatchObject({
    verdict: 'invalid',
    exitCode: 96,
    reasons: [{ text: reason }],
  })
})

test.each([
  [{ group: '::setup' }, 0],
  [{ group: '' }, 96],
])(
  'an SLO on requests judges no suite of sockets, whose setup alone asks by HTTP: %o',
  async (labels, exitCode) => {
    const store = createStore()
    store.add(
      ['iterations', 'http_reqs'].map((metric) => ({
        name: `k6_${metric}_total`,
        labels,
        samples: [{ at: 1, value: 1 }],
        histograms: [],
      })),
    )
    const [requests, streams] = ['http_req_failed{phase:steady}', 'grpc_streams']
    const metrics = {
      iterations: { count: 1, rate: 1 },
      http_reqs: { count: 1, rate: 1 },
      checks: { passes: 1, fails: 0, value: 1, thresholds: { 'rate>0.9': false } },
      [requests]: { passes: 0, fails: 0, value: 0, thresholds: { 'rate<0.01': false } },
      [streams]: { count: 0, rate: 0, thresholds: { 'count>0': false } },
    }
    const root_group = { checks: { up: { name: 'up', path: '::up', passes: 1, fails: 0 } } }
    await writeFile(join(folder, 'k6-summary.json'), JSON.stringify({ metrics, root_group }))
    const declared = { slos: [requests, streams], http: false }
    const { record } = await outcomeOf(
      { ...started, declared } as unknown as RunRecord,
      { store, problems: [], timeline: () => EMPTY },
      { code: 0, interrupted: false },
      diskFolder(folder),
    )
    expect(record).toMatchObject({ exitCode })
  },
)

test.each([
  { left: ['1', '2'], own: 30, exitCode: 99, reasons: ['threshold-crossed'], requests: 60 },
  // What k6 counted and did not push is in no sum: thresholds and totals are then of one meaning.
  { left: ['1'], own: 31, exitCode: 96, reasons: ['instance-lost', 'threshold-crossed'], requests: 55 },
])(
  'several k6 are one record; $left left their figures',
  async ({ left, own, exitCode, reasons, requests }) => {
    const store = createStore()
    const two = ['1', '2'].map((id) => ({ id, k6: { version: 'v2.2.0', path: '/k6', command: [] } }))
    for (const { id } of two)
      store.add(
        ['iterations', 'http_reqs'].map((metric) => ({
          name: `k6_${metric}_total`,
          labels: { instance_id: id },
          samples: [{ at: 1, value: left.includes(id) ? 30 : 25 }],
          histograms: [],
        })),
      )
    for (const id of left) {
      const metrics = {
        iterations: { count: own, rate: 3 },
        http_reqs: { count: own, rate: 3 },
        checks: { passes: Number(id), fails: 0, value: 1 },
      }
      const root_group = { checks: { up: { name: 'up', path: '::up', passes: Number(id), fails: 0 } } }
      await writeFile(join(folder, `k6-summary-${id}.json`), JSON.stringify({ metrics, root_group }))
    }
    const ends = two.map(({ id }) =>
      left.includes(id) ? { code: 0 } : { code: undefined, lost: 'was killed (SIGKILL)' },
    )
    const { record } = await outcomeOf(
      {
        ...started,
        instances: two,
        declared: { thresholds: { http_reqs: ['count<50'] } },
      } as unknown as RunRecord,
      { store, problems: [], timeline: () => EMPTY },
      { code: left.length === 2 ? 0 : undefined, interrupted: false, instances: ends },
      diskFolder(folder),
    )
    expect(record).toMatchObject({
      exitCode,
      reasons: reasons.map((code) => ({ code })),
      thresholds: [{ metric: 'http_reqs', threshold: 'count<50', result: 'fail', value: requests }],
      checks: [{ name: 'up', passes: left.length === 2 ? 3 : 1 }],
      totals: { iterations: requests, requests },
    })
    expect(record.notes?.map(({ code, data }) => [code, data])).toEqual(
      left.length === 2 ? [] : [['figures-of-record', { instances: ['2'], more: 0 }]],
    )
    expect(record.instances.map(({ summary }) => summary)).toEqual(
      ['1', '2'].map((id) => (left.includes(id) ? `k6-summary-${id}.json` : undefined)),
    )
    expect(record.agreement?.k6.requests).toBe(left.length === 2 ? requests : undefined)
  },
)

test('checks of a plain k6 elsewhere are not called none: its pushes have their share alone', async () => {
  const store = createStore()
  const labels = { instance_id: '1' }
  const sample = (name: string, value: number) => ({
    name,
    labels,
    samples: [{ at: 1, value }],
    histograms: [],
  })
  store.add([sample('k6_iterations_total', 9), sample('k6_checks_rate', 0.5)])
  const { record } = await outcomeOf(
    {
      ...started,
      mode: 'collect',
      script: 'plain.js',
      instances: [{ id: '1', k6: { version: '', path: '', command: [] } }],
    } as unknown as RunRecord,
    { store, problems: [], timeline: () => EMPTY },
    { code: 0, interrupted: false, instances: [{ code: 0 }] },
    diskFolder(folder),
  )
  expect(record).toMatchObject({
    totals: { iterations: 9, checks: 0, uncountedChecks: true },
    reasons: [{ text: 'nothing was judged: the script has no thresholds and its checks were not counted' }],
  })
})
