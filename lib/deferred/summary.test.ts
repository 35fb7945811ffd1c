import { afterEach, expect, test, vi } from 'vitest'
import { workload } from '../../scenarios/index.ts'
import { rehearse } from '../../testing/index.ts'
import { journey } from '../journey.ts'
import { suite } from '../suite.ts'

afterEach(() => vi.unstubAllGlobals())

const rate = (passes: number, fails: number) => ({ type: 'rate', values: { rate: 0, passes, fails } })
const trend = (count: number) => ({ type: 'trend', values: { 'p(95)': 0, count } })

/** What k6 hands over after a run in which two judged metrics had no samples. */
const data = {
  metrics: {
    'checks{phase:steady}': { ...rate(0, 2), thresholds: { 'rate>0.99': { ok: false } } },
    'http_req_duration{phase:steady}': { ...trend(100), thresholds: { 'p(95)<800': { ok: true } } },
    'group_duration{step:pay}': { ...trend(0), thresholds: { 'p(95)<800': { ok: true } } },
    'journey_failed{journey:checkout}': { ...rate(0, 0), thresholds: { 'rate<0.01': { ok: true } } },
    journey_duration: trend(0),
  },
}

/** What `handleSummary` gives, and what it logs. */
async function summarised(env: Record<string, string>, options?: object) {
  vi.stubGlobal('__ENV', env)
  const made = suite({
    name: 'test',
    scenarios: {
      browsers: workload()(
        journey('browse', () => undefined),
        { rate: 1 },
      ),
    },
  })
  vi.unstubAllGlobals()
  const call = () => made.handleSummary(data)
  const seen = await rehearse(call, { as: 'handleSummary', env, options: options ?? made.options })
  return [seen.returned[0], seen.logs]
}

test('leaves the text to k6, and warns of each judged metric that had no samples', async () => {
  const warning = (metric: string) => ({
    level: 'warn',
    text: `no samples for ${metric}: its thresholds judged nothing`,
  })
  expect(await summarised({ PROFILE: 'load' })).toEqual([
    undefined,
    [warning('group_duration{step:pay}'), warning('journey_failed{journey:checkout}')],
  ])
})

test('a single pass is not judged by thresholds: no warning', async () => {
  expect(await summarised({}, { iterations: 1 })).toEqual([undefined, []])
})

test('SUMMARY=none prints nothing', async () => {
  expect(await summarised({ SUMMARY: 'none' })).toEqual([{}, []])
})
