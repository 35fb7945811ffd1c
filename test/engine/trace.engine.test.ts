import { expect, test } from 'vitest'
import { bundle, capture, fixture, k6, projectOf, run, shop, type Seen } from './harness.ts'

/** The ids that a request carried, and whose it was. */
function traceOf({ headers }: Seen) {
  const [, trace = '', span = '', flags = ''] =
    /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/.exec(String(headers.traceparent)) ?? []
  const members = String(headers.baggage)
    .split(',')
    .map((member) => member.split('=').map(decodeURIComponent))
  return {
    trace,
    span,
    flags,
    ...(Object.fromEntries(members) as Record<'run' | 'journey' | 'step', string>),
  }
}

const ZERO = /^0*$/
const unique = <T>(items: readonly T[]): T[] => [...new Set(items)]

test('every request of a pass says its trace, its run, its journey and its step', async () => {
  const { url, seen } = await capture(await shop())
  const { code } = await k6(['run', '-i', '1', '-e', `BASE_URL=${url}`, await bundle(fixture('traced.ts'))])
  const traces = seen.map(traceOf)
  expect(code).toBe(0)
  expect(traces).toHaveLength(8)
  expect(traces.filter(({ trace, span }) => ZERO.test(trace) || ZERO.test(span))).toEqual([])
  expect(unique(traces.map(({ flags }) => flags))).toEqual(['03'])
  expect(unique(traces.map(({ span }) => span))).toHaveLength(8)
  expect(unique(traces.map(({ run }) => run))).toEqual([expect.stringMatching(/^[\w-]+$/)])
  const steps = unique(traces.map(({ journey, step, trace }) => `${journey} › ${step} ${trace}`))
  expect(steps.map((step) => step.slice(0, -33))).toEqual([
    'side by side › open home',
    'side by side › all products',
    'awaited › both at once',
    'awaited › another',
  ])
  expect(unique(traces.map(({ trace }) => trace))).toHaveLength(4)
})

test('spans never repeat under load, whatever the seed, and the baggage names the run', async () => {
  const { url, seen } = await capture(await shop())
  const { code, record } = await run(
    [
      ...['--profile', 'load', '--vus', '6', '--seed', '5', '--trace-ratio', '0', '--base-url', url],
      ...['--ramp-up', '1s', '--warm-up', '0s', '--duration', '2s', '--ramp-down', '0s'],
    ],
    { cwd: projectOf('traced.ts') },
  )
  const traces = seen.filter(({ headers }) => headers.baggage !== undefined).map(traceOf)
  expect(code).toBe(0)
  expect(traces.length).toBeGreaterThan(100)
  expect(traces.length).toBeGreaterThanOrEqual(record.totals.requests - 20)
  expect(unique(traces.map(({ span }) => span))).toHaveLength(traces.length)
  expect(unique(traces.map(({ flags }) => flags))).toEqual(['02'])
  expect(unique(traces.map(({ run }) => run))).toEqual([record.id])
  const owners = new Map(traces.map(({ trace, journey, step }) => [trace, `${journey} › ${step}`]))
  expect(traces.every(({ trace, journey, step }) => owners.get(trace) === `${journey} › ${step}`)).toBe(true)
})
