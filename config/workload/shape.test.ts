import fc from 'fast-check'
import { expect, test } from 'vitest'
import { littlesLaw, peak, scaleShape, timeUnitFor, totalPeak, type Shape } from './shape.ts'

test.each<[Shape, ReturnType<typeof peak>]>([
  [
    { executor: 'shared-iterations', vus: 3, iterations: 12, maxDuration: '1m' },
    { vus: 3, rate: 0, seconds: 60 },
  ],
  [{ executor: 'shared-iterations' }, { vus: 1, rate: 0, seconds: 600 }],
  [
    { executor: 'per-vu-iterations', vus: 3, iterations: 4, startTime: '30s', maxDuration: '1m' },
    { vus: 3, rate: 0, seconds: 90 },
  ],
  [
    { executor: 'constant-vus', vus: 7, duration: '90s' },
    { vus: 7, rate: 0, seconds: 90 },
  ],
  [
    {
      executor: 'ramping-vus',
      startVUs: 2,
      stages: [
        { duration: '1m', target: 9 },
        { duration: '30s', target: 0 },
      ],
    },
    { vus: 9, rate: 0, seconds: 90 },
  ],
  [
    { executor: 'ramping-vus', startVUs: 20, stages: [{ duration: '1m', target: 9 }] },
    { vus: 20, rate: 0, seconds: 60 },
  ],
  [
    {
      executor: 'constant-arrival-rate',
      rate: 30,
      timeUnit: '1m',
      duration: '2m',
      preAllocatedVUs: 4,
      maxVUs: 8,
    },
    { vus: 8, rate: 0.5, seconds: 120 },
  ],
  [
    { executor: 'constant-arrival-rate', rate: 5, duration: '10s', preAllocatedVUs: 4 },
    { vus: 4, rate: 5, seconds: 10 },
  ],
  [
    {
      executor: 'ramping-arrival-rate',
      startRate: 0,
      timeUnit: '1s',
      preAllocatedVUs: 10,
      stages: [
        { duration: '10s', target: 20 },
        { duration: '10s', target: 20 },
        { duration: '10s', target: 0 },
      ],
    },
    { vus: 10, rate: 20, seconds: 30 },
  ],
  [
    {
      executor: 'ramping-arrival-rate',
      startRate: 50,
      timeUnit: '10s',
      stages: [{ duration: '10s', target: 10 }],
    },
    { vus: 0, rate: 5, seconds: 10 },
  ],
])('$executor asks for at most this', (shape, expected) => {
  expect(peak(shape)).toEqual(expected)
})

test('VUs and rates of scenarios add; the last end decides the time', () => {
  const open = { executor: 'constant-arrival-rate', rate: 5, duration: '10s', preAllocatedVUs: 4 }
  const closed = { executor: 'constant-vus', vus: 7, duration: '5s', startTime: '20s' }
  expect(totalPeak([open, open])).toEqual({ vus: 8, rate: 10, seconds: 10 })
  expect(totalPeak([open, closed])).toEqual({ vus: 11, rate: 5, seconds: 25 })
  expect(totalPeak([])).toEqual({ vus: 0, rate: 0, seconds: 0 })
})

const open: fc.Arbitrary<Shape> = fc
  .record({
    rates: fc.array(fc.nat({ max: 600 }), { minLength: 1, maxLength: 5 }),
    timeUnit: fc.constantFrom('1s', '10s', '1m'),
    pre: fc.integer({ min: 1, max: 100 }),
    more: fc.nat({ max: 100 }),
  })
  .map(({ rates: [startRate = 0, ...rest], timeUnit, pre, more }) => ({
    executor: rest.length === 0 ? 'constant-arrival-rate' : 'ramping-arrival-rate',
    timeUnit,
    preAllocatedVUs: pre,
    maxVUs: pre + more,
    ...(rest.length === 0
      ? { rate: Math.max(1, startRate), duration: '1m' }
      : { startRate, stages: rest.map((target) => ({ duration: '10s', target })) }),
  }))
const factor = fc.double({ min: 0.05, max: 20, noNaN: true })
test('an arrival rate at another scale is exact to a thousandth, in whole numbers of a time unit', () => {
  fc.assert(
    fc.property(open, factor, (shape, by) => {
      const scaled = scaleShape(shape, by)
      const wanted = peak(shape).rate * by
      fc.pre(wanted >= 0.1)
      expect(Math.abs(peak(scaled).rate - wanted)).toBeLessThanOrEqual(wanted * 0.001)
      const whole = [scaled.rate, scaled.startRate, scaled.preAllocatedVUs, scaled.maxVUs]
      const all = [...whole, ...(scaled.stages ?? []).map(({ target }) => target)].filter(
        (one) => one !== undefined,
      )
      expect(all.filter((one) => !Number.isSafeInteger(one) || one < 0)).toEqual([])
      expect(scaled.timeUnit).toMatch(/^\d+(\.\d+)?(ms|s|m|h)$/)
      expect(scaled.preAllocatedVUs).toBe(Math.ceil((shape.preAllocatedVUs ?? 0) * by - 1e-9))
      expect(scaled.maxVUs).toBeGreaterThanOrEqual(scaled.preAllocatedVUs ?? 0)
      expect(peak(scaled).seconds).toBe(peak(shape).seconds)
    }),
  )
})

test('VUs at another scale are rounded up, and none becomes none', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), fc.nat({ max: 500 }), factor, (vus, target, by) => {
      const constant: Shape = { executor: 'constant-vus', vus, duration: '1m' }
      const ramping: Shape = { executor: 'ramping-vus', startVUs: 0, stages: [{ duration: '1m', target }] }
      expect(scaleShape(constant, by).vus).toBe(Math.max(1, Math.ceil(vus * by - 1e-9)))
      expect(scaleShape(ramping, by)).toEqual({
        ...ramping,
        stages: [{ duration: '1m', target: target === 0 ? 0 : Math.max(1, Math.ceil(target * by - 1e-9)) }],
      })
    }),
  )
})

test('what is not the load’s stays as it was, and nothing is invented', () => {
  const shape = { executor: 'constant-vus', vus: 2, duration: '1m', env: { A: 'b' }, exec: 'x' }
  expect(scaleShape(shape, 2)).toEqual({ ...shape, vus: 4 })
})

test.each([
  [[5], 1],
  [[5, 0], 1],
  [[0.5], 10],
  [[2.5, 14], 10],
  [[0.25], 60],
  [[1 / 60], 60],
  [[0.01], 600],
  [[1 / 3600], 3600],
  [[0.0123], 3600],
  [[], 1],
])('rates of %j per second are whole in %d s', (rates, unit) => {
  expect(timeUnitFor(rates)).toBe(unit)
})

test('Little’s law with a fifth to spare, and never less than one VU', () => {
  expect([littlesLaw(14, 10), littlesLaw(0.5, 3), littlesLaw(0, 10), littlesLaw(0.001, 1)]).toEqual([
    168, 2, 1, 1,
  ])
})
