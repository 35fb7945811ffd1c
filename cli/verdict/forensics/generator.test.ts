import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { generatorIn, sampleOf, watchGenerator, type Counters } from './generator.ts'

const before: Counters = { wall: 0, passed: 0, busy: 10, capacity: 100, k6: 5 }

test('what lies between two looks, as shares of all cores', () => {
  const now = { wall: 1000, passed: 1000, busy: 11.9, capacity: 102, k6: 6.5 }
  expect(sampleOf(before, now)).toEqual({ at: 1000, busy: expect.closeTo(0.95) as number, k6: 0.75 })
  expect(sampleOf(before, { ...now, k6: undefined })).toBeUndefined()
  expect(sampleOf(before, { ...now, capacity: 100 })).toBeUndefined()
})

test('full is a machine with nothing left, saturated one of which k6 has more than half, in the judged time', () => {
  const sample = (at: number, busy: number, k6: number) => ({ at, busy, k6, late: at * 10 })
  const samples = [
    sample(1, 1, 0.9),
    sample(5, 1, 0.6),
    sample(6, 1, 0.4),
    sample(7, 0.9, 0.9),
    sample(9, 1, 1),
  ]
  expect(generatorIn(samples, [{ from: 4, to: 8 }])).toEqual({
    looked: 3,
    saturated: 1,
    full: 2,
    busy: 0.967,
    k6: 0.633,
    late: 60,
  })
  expect(generatorIn([], [{ from: 4, to: 8 }])).toEqual({
    looked: 0,
    saturated: 0,
    full: 0,
    busy: 0,
    k6: 0,
    late: 0,
  })
})

test.runIf(process.platform === 'linux')(
  'a real process is looked at; one that is gone ends nothing',
  async () => {
    const own = watchGenerator([process.pid], 20)
    const gone = watchGenerator([2 ** 22 + 1], 20)
    await sleep(150)
    const { samples, clockShift } = own.stop()
    expect(samples.length).toBeGreaterThan(0)
    expect(samples.every(({ busy, k6 }) => busy >= 0 && busy <= 1 && k6 >= 0 && k6 <= 1)).toBe(true)
    expect(Math.abs(clockShift)).toBeLessThan(1000)
    expect(gone.stop().samples).toEqual([])
  },
)
