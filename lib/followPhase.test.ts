import fc from 'fast-check'
import { expect, test } from 'vitest'
import { encodePhases, type Phase } from '../config/workload/phases.ts'
import { PHASES_VARIABLE } from '../config/workload/phasesVariable.ts'
import { rehearse } from '../testing/index.ts'
import { client } from './client.ts'
import { journey } from './journey.ts'
import { step } from './step.ts'
import { tagPhase } from './followPhase.ts'

const phase = fc.record<Phase>({
  name: fc.constantFrom('ramp-up', 'warm-up', 'steady', 'spike', 'recovery', 'ramp-down'),
  lasts: fc.integer({ min: 1, max: 1000 }),
  judged: fc.boolean(),
})

/** The phase at a time, found by adding up from the start. */
function expected(phases: readonly Phase[], elapsed: number): string | undefined {
  let end = 0
  for (const { name, lasts } of phases) {
    end += lasts
    if (elapsed < end) return name
  }
  return phases.at(-1)?.name
}

test('is the one that the scenario’s clock is in; the last one lasts to the end', async () => {
  const startTime = 1_700_000_000_000
  const times = fc.array(fc.integer({ min: 0, max: 5000 }), { minLength: 1 })
  await fc.assert(
    fc.asyncProperty(fc.array(phase, { maxLength: 6 }), times, async (phases, unordered) => {
      const ends = phases.map((_, index) =>
        phases.slice(0, index + 1).reduce((sum, { lasts }) => sum + lasts, 0),
      )
      const edges = ends.flatMap((end) => [end - 1, end])
      const elapsed = [...unordered, ...edges].toSorted((a, b) => a - b)
      const env = { [PHASES_VARIABLE]: encodePhases(phases) }
      const seen = await rehearse(() => elapsed.map((time) => tagPhase(startTime + time)), {
        scenario: { name: 'visitors', executor: 'constant-vus', startTime, env },
      })
      expect(seen.returned[0]).toEqual(elapsed.map((time) => expected(phases, time)))
    }),
  )
})

test('a VU that another scenario takes over follows that scenario’s phases and clock', async () => {
  const now = async (name: string, phases: string, startTime: number) => {
    const scenario = { name, executor: 'constant-vus', startTime, env: { [PHASES_VARIABLE]: phases } }
    return (await rehearse(() => tagPhase(), { scenario, now: 10_000 })).returned[0]
  }
  expect(await now('a', 'ramp-up:5000 steady*:5000', 2000)).toBe('steady')
  expect(await now('b', 'warm-up:5000 steady*:5000', 8000)).toBe('warm-up')
  expect(await now('b', 'ramp-up:1000 ramp-down:1', 8000)).toBe('ramp-down')
  expect(await now('c', '', 8000)).toBeUndefined()
})

test('without phases nothing is tagged with one', async () => {
  const api = client('http://localhost')
  const open = journey('open', () => step('open', () => api.get('/', { name: 'home' })))
  const seen = await rehearse(open, { scenario: { name: 'visitors', executor: 'constant-vus' } })
  expect(seen.samples.filter(({ tags }) => 'phase' in tags)).toEqual([])
})
