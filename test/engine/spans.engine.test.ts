import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { collectorOf, resourceOf, startTraces } from '../../cli/telemetry/index.ts'
import type { OtlpSpan } from '../../cli/telemetry/traces/otlp.ts'
import { startFakeCollector } from '../doubles/collector.ts'
import { readConsole } from '../../cli/k6/console.ts'
import { startShop } from '../../shop/index.ts'
import { bundle, fixture, folder, k6, root } from './harness.ts'
import type { TracesResult } from '../../cli/record/sent.ts'

interface Exported {
  code: number | null
  result: TracesResult
  /** Spans that loadwright posted, and those of the shop. */
  ours: OtlpSpan[]
  shop: OtlpSpan[]
  failures: ReturnType<typeof readConsole>['failures']
}

/** Only such a bundle can write spans. */
const TRACED = ['--set', 'SPANS=console']

/** Runs a suite on a shop whose spans go to the same collector as the run's. */
async function exported(file: string, args: string[], faults: string[] = []): Promise<Exported> {
  const collector = await startFakeCollector()
  const shop = await startShop({ faults, traces: { url: collector.url } })
  onTestFinished(async () => {
    await shop.close()
    await collector.close()
  })
  const log = join(folder(), 'console.log')
  const to = collectorOf(collector.url, {})
  if (!to) throw new Error('no collector')
  const resource = resourceOf({ id: 'r', suite: 's', environment: 'shop', k6: '2' })
  const traces = startTraces({ ...to, file: log, resource, say: () => undefined })
  const variables = ['-e', `BASE_URL=${shop.url}`, '--console-output', log]
  const { code } = await k6(['run', ...variables, ...args, await bundle(file, root, TRACED)])
  const result = await traces.close()
  await shop.close()
  const services = collector.got.map(({ body: { resourceSpans }, spans }) => ({
    ours: resourceSpans.some(({ resource: { attributes } }) =>
      attributes.some(({ value }) => value.stringValue === 'loadwright'),
    ),
    spans,
  }))
  const of = (whose: boolean) => services.filter(({ ours }) => ours === whose).flatMap(({ spans }) => spans)
  const { failures } = readConsole(readFileSync(log, 'utf8'))
  return { code, result, ours: of(true), shop: of(false), failures }
}

function byTrace(spans: readonly OtlpSpan[]): Map<string, OtlpSpan[]> {
  const traces = new Map<string, OtlpSpan[]>()
  for (const span of spans) traces.set(span.traceId, [...(traces.get(span.traceId) ?? []), span])
  return traces
}
const frontends = (spans: readonly OtlpSpan[]): OtlpSpan[] =>
  spans.filter(({ name }) => name === 'GET' || name === 'POST')

test('every server span of a pass is under a client span, and every trace has one root', async () => {
  const { code, result, ours, shop } = await exported(fixture('traced.ts'), ['-i', '1'])
  expect(code).toBe(0)
  expect(result).toMatchObject({ spans: ours.length, dropped: 0, problems: [] })
  const known = new Map(ours.map((span) => [span.spanId, span]))
  expect(known.size).toBe(ours.length)
  expect(frontends(shop)).toHaveLength(8)
  for (const span of frontends(shop)) {
    const parent = known.get(span.parentSpanId ?? '')
    expect(parent).toMatchObject({ kind: 3, traceId: span.traceId })
    expect(
      BigInt(parent?.startTimeUnixNano ?? 0) / 1_000_000n <= BigInt(span.startTimeUnixNano) / 1_000_000n,
    ).toBe(true)
  }
  for (const spans of byTrace([...ours, ...shop]).values()) {
    const ids = new Set(spans.map(({ spanId }) => spanId))
    expect(spans.filter(({ parentSpanId }) => parentSpanId === undefined)).toHaveLength(1)
    expect(spans.filter(({ parentSpanId }) => parentSpanId !== undefined && !ids.has(parentSpanId))).toEqual(
      [],
    )
  }
  const trees = [...byTrace(ours).values()].map(([root, ...rest]) => [root?.name, rest.length])
  expect(trees).toEqual([
    ['open home', 1],
    ['all products', 4],
    ['both at once', 2],
    ['another', 1],
  ])
})

test('under load all failed steps are there, whatever the ratio, and what is sampled of the others', async () => {
  const load = {
    PROFILE: 'load',
    RATE: '4',
    VUS: '4',
    RAMP_UP: '0s',
    WARM_UP: '0s',
    DURATION: '6s',
    RAMP_DOWN: '0s',
  }
  const variables = Object.entries({ ...load, TRACE_RATIO: '0.1', SEED: '3', CHECK_ROWS: 'off' })
  const { result, ours, shop, failures } = await exported(
    'examples/01-smoke.ts',
    variables.flatMap(([name, value]) => ['-e', `${name}=${value}`]),
    ['errors=/product:0.3'],
  )
  expect(result).toMatchObject({ spans: ours.length, dropped: 0, problems: [] })
  const mine = byTrace(ours)
  const broken = frontends(shop).filter(({ status }) => status.code === 2)
  expect(broken.length).toBeGreaterThan(5)
  // The last ones may be of iterations that k6 did not let end.
  expect(broken.filter(({ traceId }) => !mine.has(traceId)).length).toBeLessThanOrEqual(2)
  for (const { parentSpanId, traceId } of broken) {
    const spans = mine.get(traceId) ?? []
    if (spans.length === 0) continue
    expect(spans[0]?.status.code).toBe(2)
    expect(spans.find(({ spanId }) => spanId === parentSpanId)).toMatchObject({ status: { code: 2 } })
  }
  const known = new Set(ours.map(({ spanId }) => spanId))
  const seen = frontends(shop).filter(({ traceId }) => mine.has(traceId))
  expect(seen.filter(({ parentSpanId }) => !known.has(parentSpanId ?? ''))).toEqual([])
  const named = failures.map(({ trace_id }) => trace_id).filter((id) => id !== undefined)
  expect(named.length).toBeGreaterThan(0)
  expect(named.filter((id) => !mine.has(id))).toEqual([])
  const good = [...mine.values()].filter(([root]) => root?.status.code === undefined).length
  const all = byTrace(frontends(shop)).size
  expect(good).toBeGreaterThan(0)
  expect(good).toBeLessThan((all - broken.length) * 0.3)
  for (const spans of mine.values())
    expect(spans.filter(({ parentSpanId }) => parentSpanId === undefined)).toHaveLength(1)
})

test('a collector that is down changes nothing of the run', async () => {
  const shop = await startShop({})
  onTestFinished(() => shop.close())
  const file = join(folder(), 'console.log')
  const resource = resourceOf({ id: 'r', suite: 's', environment: 'shop', k6: '2' })
  const traces = startTraces({
    url: 'http://127.0.0.1:9/v1/traces',
    headers: {},
    file,
    resource,
    say: () => undefined,
  })
  const { code } = await k6([
    ...['run', '-i', '1', '-e', `BASE_URL=${shop.url}`, '--console-output', file],
    await bundle(fixture('traced.ts'), root, TRACED),
  ])
  expect(code).toBe(0)
  expect(await traces.close()).toMatchObject({ spans: 0, dropped: 12 })
})
