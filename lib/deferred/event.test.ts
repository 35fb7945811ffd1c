import exec from 'k6/execution'
import { beforeEach, expect, test, vi } from 'vitest'
import { events } from '../../test/recorded.ts'
import { rehearse, type Recording } from '../../testing/index.ts'

const load = { name: 'visitors', executor: 'constant-vus' }

// What was already said is the VU's memory: each test has a new one.
beforeEach(() => vi.resetModules())
async function lib() {
  const [event, journeys, steps, pools] = await Promise.all([
    import('./event.ts'),
    import('../journey.ts'),
    import('../step.ts'),
    import('../pool.ts'),
  ])
  return { ...event, ...journeys, ...steps, ...pools }
}

const counts = (seen: Recording) => events(seen).map(({ count }) => count)

test('says where: journey, step, row, trace, VU', async () => {
  const { fail, journey, pool, step } = await lib()
  const products = pool('products', [{ id: 'A' }, { id: 'B' }], { key: 'id' })
  let trace: unknown
  const view = journey('view', () => {
    products.at(1)
    step('open page', () => {
      trace = exec.vu.metrics.metadata.trace_id
      fail({
        kind: 'check',
        what: 'page is up',
        expected: 'status 200',
        got: () => 'status 500',
        status: 500,
        of: { body: '<!doctype html><title>Oh</title> <b>no</b>' },
      })
    })
  })
  const seen = await rehearse(view, { scenario: load, vu: 3 })
  expect(seen.logs).toMatchObject([{ level: 'warn' }])
  expect(events(seen)).toEqual([
    {
      loadwright: 'failure',
      journey: 'view',
      step: 'open page',
      kind: 'check',
      what: 'page is up',
      expected: 'status 200',
      got: 'status 500',
      status: 500,
      scenario: 'visitors',
      excerpt: 'Oh no',
      row: 'products=B',
      trace_id: trace,
      vu: 3,
      iteration: 0,
      at: expect.any(Number) as number,
      count: 1,
    },
  ])
  expect(trace).toMatch(/^[0-9a-f]{32}$/)
})

test('writes the 1st, 2nd, 4th, 8th … of a kind, however many iterations they come from', async () => {
  const { fail } = await lib()
  const seen = await rehearse(() => fail({ kind: 'error', what: 'boo' }), { scenario: load, iterations: 20 })
  expect(counts(seen)).toEqual([1, 2, 4, 8, 16])
})

test('kinds are told apart by place, name and status', async () => {
  const { fail, step } = await lib()
  const seen = await rehearse(
    () => {
      fail({ kind: 'request', what: 'home', status: 500 })
      fail({ kind: 'request', what: 'home', status: 503 })
      fail({ kind: 'check', what: 'home', status: 500 })
      step('open', () => fail({ kind: 'check', what: 'home', status: 500 }))
    },
    { scenario: load },
  )
  expect(counts(seen)).toEqual([1, 1, 1, 1])
})

test('knows at most 100 causes, goes on counting those, and says once that there were more', async () => {
  const { fail } = await lib()
  const seen = await rehearse(
    () => {
      for (let round = 0; round < 2; round++)
        for (let kind = 0; kind < 150; kind++) fail({ kind: 'error', what: `error ${kind}` })
    },
    { scenario: load },
  )
  const failures = events(seen).filter(({ what }) => String(what).startsWith('error '))
  expect(new Set(failures.map(({ what }) => what)).size).toBe(100)
  expect(failures.map(({ count }) => count)).toEqual([
    ...Array<number>(100).fill(1),
    ...Array<number>(100).fill(2),
  ])
  expect(events(seen).length - failures.length).toBe(1)
})

test('what k6’s log could not write as JSON does is escaped, and reads as it was', async () => {
  const { fail } = await lib()
  const what = 'tab\t esc\u001b del\u007f é 漢 😀 \ud800'
  const seen = await rehearse(() => fail({ kind: 'error', what }), { scenario: load })
  const [line] = seen.logs
  expect(line?.text).toMatch(/^[ -~\u0080-\ud7ff\ue000-\uffff]+$/)
  expect(line?.text).toContain('é 漢')
  expect(events(seen)[0]?.what).toBe(what)
})

test('a check names the request before it; a request names itself', async () => {
  const { check, client, journey, status } = await import('../index.ts')
  const api = client('http://127.0.0.1:1')
  const visit = journey('visit', () => {
    check(api.get('/', { name: 'home' }), { 'home is up': status(200) })
  })
  const seen = await rehearse(visit, { scenario: load, respond: () => ({ status: 500, body: 'no' }) })
  expect(events(seen).map(({ kind, what, request, excerpt }) => ({ kind, what, request, excerpt }))).toEqual([
    { kind: 'request', what: 'home', request: undefined, excerpt: 'no' },
    { kind: 'check', what: 'home is up', request: 'home', excerpt: 'no' },
  ])
})

test('an outage of 20,000 failures costs kilobytes, whatever the bodies are', async () => {
  const { fail } = await lib()
  const body = `token=s3cret ${'x'.repeat(1_000_000)}`
  const outage = (): void => {
    for (let kind = 0; kind < 20; kind++)
      fail({ kind: 'request', what: `r${kind}`, status: 500, of: { body } })
  }
  const seen = await rehearse(outage, { scenario: load, iterations: 1000 })
  const bytes = seen.logs.reduce((sum, { text }) => sum + text.length, 0)
  expect(bytes).toBeLessThan(60_000)
  const excerpts = events(seen).flatMap(({ excerpt }) => (typeof excerpt === 'string' ? [excerpt] : []))
  expect(excerpts).toHaveLength(10)
  expect(new Set(excerpts.map((text) => text.length))).toEqual(new Set([800]))
  expect(excerpts.join('')).not.toContain('s3cret')
})
