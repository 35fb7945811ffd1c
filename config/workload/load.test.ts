import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseDuration } from '../duration.ts'
import { shapeOf, type Load, type WorkloadSettings } from './load.ts'
import { decodePhases } from './phases.ts'
import { PHASES_VARIABLE } from './phasesVariable.ts'
import { PROFILE_NAMES, PROFILES } from './profiles.ts'
import { peak, type Shape } from './shape.ts'

type Made = Partial<ReturnType<typeof shapeOf>>
/** The shape of a load whose iterations take five seconds. */
const make = (given: WorkloadSettings, load: Load): Made => shapeOf(given, load, 5)
const stagesOf = (given: WorkloadSettings, load: Load = { vus: 10 }): string =>
  (make(given, load).stages ?? []).map(({ duration, target }) => `${duration}→${target}`).join(' ')
const phasesOf = ({ env }: Made) => decodePhases(env?.[PHASES_VARIABLE])

test('smoke is one VU for each workload, who keeps to the rate of an open load', () => {
  const smoke = {
    executor: 'constant-vus',
    vus: 1,
    duration: '20s',
    env: { LOADWRIGHT_PHASES: 'steady*:20000' },
  }
  const env = { LOADWRIGHT_PHASES: 'steady*:20000 @7' }
  expect(make({ PROFILE: 'smoke', SCALE: 3 }, { rate: 50 })).toEqual({ ...smoke, env })
  expect(make({ PROFILE: 'smoke', SCALE: 3 }, { vus: 50 })).toEqual(smoke)
})

const words = (shape: Made): string => {
  const { executor, rate, vus, duration, timeUnit, stages = [], preAllocatedVUs, maxVUs } = shape
  const flow = stages.map(({ duration, target }) => `${duration}→${target}`)
  const open = timeUnit === undefined ? '' : ` per ${timeUnit}, ${preAllocatedVUs} to ${maxVUs} VUs`
  return `${executor}: ${duration === undefined ? flow.join(' ') : `${rate ?? vus} for ${duration}`}${open}`
}

test('every profile at ten iterations per second, at ten VUs, and its phases', () => {
  const shapes = PROFILE_NAMES.map((PROFILE) => {
    const [open, closed] = [{ rate: 10 }, { vus: 10 }].map((load) => make({ PROFILE, SCALE: 1 }, load))
    expect(phasesOf(open ?? {})).toEqual(phasesOf(closed ?? {}))
    return [PROFILE, words(open ?? {}), words(closed ?? {}), open?.env?.[PHASES_VARIABLE]].join('\n  ')
  })
  expect(shapes.join('\n')).toMatchInlineSnapshot(`
    "smoke
      constant-vus: 1 for 20s
      constant-vus: 1 for 20s
      steady*:20000 @100
    load
      ramping-arrival-rate: 30s→10 30s→10 5m→10 5s→0 per 1s, 60 to 120 VUs
      ramping-vus: 30s→10 30s→10 5m→10 5s→0
      ramp-up:30000 warm-up:30000 steady*:300000 ramp-down:5000
    stress
      ramping-arrival-rate: 1m→20 30s→20 5m→20 5s→0 per 1s, 120 to 240 VUs
      ramping-vus: 1m→20 30s→20 5m→20 5s→0
      ramp-up:60000 warm-up:30000 steady*:300000 ramp-down:5000
    spike
      ramping-arrival-rate: 10s→5 30s→5 5s→50 1m→50 5s→5 1m→5 5s→0 per 1s, 300 to 600 VUs
      ramping-vus: 10s→5 30s→5 5s→50 1m→50 5s→5 1m→5 5s→0
      ramp-up:10000 warm-up:30000 spike*:65000 recovery*:65000 ramp-down:5000
    soak
      ramping-arrival-rate: 1m→10 2m→10 2h→10 5s→0 per 1s, 60 to 120 VUs
      ramping-vus: 1m→10 2m→10 2h→10 5s→0
      ramp-up:60000 warm-up:120000 steady*:7200000 ramp-down:5000
    breakpoint
      ramping-arrival-rate: 20m→100 per 1s, 600 to 1200 VUs
      ramping-vus: 20m→100
      ramp-up*:1200000
    canary
      constant-arrival-rate: 1 for 10m per 1s, 6 to 12 VUs
      constant-vus: 1 for 10m
      steady*:600000
    replay
      ramping-arrival-rate: 30s→10 30s→10 5m→10 5s→0 per 1s, 60 to 120 VUs
      ramping-vus: 30s→10 30s→10 5m→10 5s→0
      ramp-up:30000 warm-up:30000 steady*:300000 ramp-down:5000"
  `)
})

test('spike, closed: the rush, and what follows it', () => {
  expect(make({ PROFILE: 'spike', SCALE: 0.5 }, { vus: 10 })).toEqual({
    executor: 'ramping-vus',
    startVUs: 0,
    stages: [
      { duration: '10s', target: 3 },
      { duration: '30s', target: 3 },
      { duration: '5s', target: 25 },
      { duration: '1m', target: 25 },
      { duration: '5s', target: 3 },
      { duration: '1m', target: 3 },
      { duration: '5s', target: 0 },
    ],
    env: {
      LOADWRIGHT_PHASES: 'ramp-up:10000 warm-up:30000 spike*:65000 recovery*:65000 ramp-down:5000',
    },
  })
})

test('load, open: VUs by Little’s law, as many again in reserve', () => {
  expect(make({ PROFILE: 'load', SCALE: 0.5 }, { rate: 5 })).toEqual({
    executor: 'ramping-arrival-rate',
    startRate: 0,
    timeUnit: '10s',
    stages: [
      { duration: '30s', target: 25 },
      { duration: '30s', target: 25 },
      { duration: '5m', target: 25 },
      { duration: '5s', target: 0 },
    ],
    preAllocatedVUs: 15,
    maxVUs: 30,
    env: { LOADWRIGHT_PHASES: 'ramp-up:30000 warm-up:30000 steady*:300000 ramp-down:5000' },
  })
})

test('canary, open: constant, a tenth', () => {
  expect(make({ PROFILE: 'canary', SCALE: 1 }, { rate: 5 })).toEqual({
    executor: 'constant-arrival-rate',
    rate: 5,
    timeUnit: '10s',
    duration: '10m',
    preAllocatedVUs: 3,
    maxVUs: 6,
    env: { LOADWRIGHT_PHASES: 'steady*:600000' },
  })
})

test('an iteration of which nobody says how long it takes is taken to need ten seconds', () => {
  expect(shapeOf({ PROFILE: 'load', SCALE: 1 }, { rate: 10 }).preAllocatedVUs).toBe(120)
})

test('settings stretch the stages of their name; a stage of no time and no change is dropped', () => {
  const load = { PROFILE: 'load', SCALE: 1 } as const
  expect(stagesOf(load)).toBe('30s→10 30s→10 5m→10 5s→0')
  expect(stagesOf({ ...load, RAMP_UP: 1000, DURATION: 20_000 })).toBe('1s→10 30s→10 20s→10 5s→0')
  expect(stagesOf({ ...load, WARM_UP: 0 })).toBe('30s→10 5m→10 5s→0')
  expect(stagesOf({ ...load, RAMP_UP: 0, WARM_UP: 0 })).toBe('0s→10 5m→10 5s→0')
  expect(stagesOf({ ...load, RAMP_UP: 0, WARM_UP: 0, RAMP_DOWN: 0 })).toBe('0s→10 5m→10 0s→0')
  expect(stagesOf({ PROFILE: 'spike', SCALE: 1, DURATION: 30_000 })).toBe(
    '10s→5 30s→5 5s→50 30s→50 5s→5 30s→5 5s→0',
  )
  expect(stagesOf({ PROFILE: 'breakpoint', SCALE: 1, DURATION: 60_000 })).toBe('1m→100')
  expect(make({ PROFILE: 'smoke', SCALE: 1, DURATION: 5000 }, { vus: 1 }).duration).toBe('5s')
  expect(make({ PROFILE: 'canary', SCALE: 1, DURATION: 5000 }, { vus: 1 }).duration).toBe('5s')
})

test('replay holds each level of a pattern in place of the steady stage', () => {
  const pattern = [
    { times: 0.5, share: 0.8 },
    { times: 3, share: 0.2 },
  ]
  const replay = { PROFILE: 'replay', SCALE: 2 } as const
  const load = { rate: 5, pattern }
  expect(stagesOf(replay, load)).toBe('30s→10 30s→10 0s→5 4m→5 0s→30 1m→30 5s→0')
  expect(stagesOf({ ...replay, DURATION: 10_000 }, load)).toBe('30s→10 30s→10 0s→5 8s→5 0s→30 2s→30 5s→0')
  expect(make(replay, load).env).toEqual({
    LOADWRIGHT_PHASES: 'ramp-up:30000 warm-up:30000 steady*:300000 ramp-down:5000',
  })
  expect(stagesOf({ ...replay, PROFILE: 'load' }, load)).toBe('30s→10 30s→10 5m→10 5s→0')
})

test('a phase of no time does not exist', () => {
  expect(make({ PROFILE: 'load', SCALE: 1, RAMP_UP: 0, WARM_UP: 0 }, { vus: 1 }).env).toEqual({
    LOADWRIGHT_PHASES: 'steady*:300000 ramp-down:5000',
  })
})

const milliseconds = fc.option(fc.integer({ min: 0, max: 7_200_000 }), { nil: undefined })
const given = fc.record(
  {
    PROFILE: fc.constantFrom(...PROFILE_NAMES),
    SCALE: fc.double({ min: 0.01, max: 10, noNaN: true }),
    RAMP_UP: milliseconds,
    WARM_UP: milliseconds,
    DURATION: fc.integer({ min: 1000, max: 7_200_000 }),
    RAMP_DOWN: milliseconds,
  },
  { requiredKeys: ['PROFILE', 'SCALE'] },
) as fc.Arbitrary<WorkloadSettings>
const rate = fc.double({ min: 0.01, max: 500, noNaN: true })
const part = fc.record({
  times: fc.double({ min: 0.01, max: 20, noNaN: true }),
  share: fc.double({ min: 0.01, max: 1, noNaN: true }),
})
const load: fc.Arbitrary<Load> = fc.oneof(
  fc.record({ rate }),
  fc.record({ rate, pattern: fc.array(part, { minLength: 1, maxLength: 9 }) }),
  fc.record({ vus: fc.integer({ min: 1, max: 500 }) }),
)

test('whatever is asked for, k6 takes it: its own rules of each executor', () => {
  fc.assert(
    fc.property(given, load, (given, load) => {
      const scenario = make(given, load)
      const {
        executor = '',
        stages,
        duration,
        rate,
        startRate,
        startVUs,
        vus,
        preAllocatedVUs,
        maxVUs,
      } = scenario
      const targets = (stages ?? []).map(({ target }) => target)
      const numbers = [rate, startRate, startVUs, vus, preAllocatedVUs, maxVUs, ...targets]
      const wrong = numbers.filter((one) => one !== undefined && (!Number.isSafeInteger(one) || one < 0))
      expect(wrong).toEqual([])
      if (executor.startsWith('constant-')) {
        expect(parseDuration(duration ?? '')).toBeGreaterThanOrEqual(1000)
        expect(rate ?? vus).toBeGreaterThan(0)
      } else {
        expect(Math.max(...targets)).toBeGreaterThan(0)
        for (const stage of stages ?? []) expect(parseDuration(stage.duration)).toBeGreaterThanOrEqual(0)
      }
      if (executor.endsWith('arrival-rate')) {
        expect(preAllocatedVUs).toBeGreaterThan(0)
        expect(maxVUs).toBeGreaterThanOrEqual(preAllocatedVUs ?? 0)
        expect(scenario.timeUnit).toMatch(/^(1s|10s|1m|10m|1h)$/)
      }
    }),
  )
})

test('phases lie one after the other as long as the scenario lasts, and one of them is judged', () => {
  fc.assert(
    fc.property(given, load, (given, load) => {
      const scenario = make(given, load)
      const phases = phasesOf(scenario)
      const lasts = phases.reduce((sum, { lasts }) => sum + lasts, 0)
      expect(lasts / 1000).toBeCloseTo(peak(scenario as Shape).seconds, 6)
      expect(phases.filter(({ lasts }) => lasts <= 0)).toEqual([])
      expect(new Set(phases.map(({ name }) => name)).size).toBe(phases.length)
      expect(phases.filter(({ judged }) => judged).map(({ name }) => name)).toEqual(
        PROFILES[given.PROFILE].judges,
      )
    }),
  )
})

test('the peak rate is the size × the scale × the profile’s highest level, to a thousandth', () => {
  fc.assert(
    fc.property(given, fc.double({ min: 0.2, max: 500, noNaN: true }), (given, rate) => {
      const { size, stages } = PROFILES[given.PROFILE]
      fc.pre(size === 'suite')
      const wanted = rate * given.SCALE * Math.max(...stages.map(({ level }) => level))
      fc.pre(wanted >= 0.2)
      const got = peak(make(given, { rate }) as Shape).rate
      expect(Math.abs(got - wanted)).toBeLessThanOrEqual(wanted * 0.001 + 1e-9)
    }),
  )
})
