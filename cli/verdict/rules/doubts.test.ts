import { expect, test } from 'vitest'
import { textsOf } from '../../record/index.ts'
import type { Facts } from '../facts.ts'
import { judge } from '../verdict.ts'
import { BROWSER_ENDED } from './ended.ts'
import { DROPPED, EXHAUSTED, FEW_DROPPED, MAX_DURATION, RATE_NOT_KEPT } from './load.ts'
import { BODIES, CLOCK_JUMPED, CROWDED, HARDLY_ANY_ROOM, OTHER_CLOCK } from './machine.ts'
import { OUT_OF_ROOM, SATURATED, SLOWED } from './machine.ts'
import { HARDLY_STEADY, PHASE_CUT, PHASE_CUT_BY, UNSTEADY } from './phases.ts'
import { told } from './rule.ts'
import { FEW_SAMPLES } from './thresholds.ts'

const DOUBTS = [
  ...[MAX_DURATION, DROPPED, EXHAUSTED, RATE_NOT_KEPT, SATURATED, CROWDED, CLOCK_JUMPED, PHASE_CUT],
]
const NOTES = [SLOWED, OTHER_CLOCK, FEW_DROPPED, PHASE_CUT_BY, HARDLY_STEADY, FEW_SAMPLES]
const GOOD = { k6: 0, thresholds: [], iterations: 1000, dropped: 0 } as Partial<Facts> as Facts
const arrivals = { scenario: 'browsers', planned: 1000, started: 1000, dropped: 0, vus: 20 }
const generator = { looked: 100, saturated: 0, full: 0, busy: 0.5, k6: 0.3, late: 2 }
const said = (facts: Partial<Facts>) => textsOf(told(DOUBTS, { ...GOOD, ...facts }))
const noted = (facts: Partial<Facts>) => textsOf(told(NOTES, { ...GOOD, ...facts, verdict: 'pass' }))
const unsteady = (facts: Partial<Facts>) => textsOf(UNSTEADY.read({ ...GOOD, ...facts }))[0]

test('a good run has neither reasons nor notes', () => {
  const whole: Partial<Facts> = {
    arrivals: [arrivals],
    generator: { ...generator, looked: 300, saturated: 100, full: 110 },
    clockShift: -400,
    phases: [{ phase: 'steady', planned: 300_000, ran: 300_000 }],
    steadiness: { cut: 2, batches: 60, never: false, drift: 0.3 },
  }
  expect([said({}), said(whole), noted(whole), unsteady(whole)]).toEqual([[], [], [], undefined])
})

test('an iteration may be dropped for each VU that had to be made', () => {
  expect(said({ iterations: 20, dropped: 2, grown: 2 })).toEqual([])
  expect(said({ iterations: 20, dropped: 3, grown: 2 })).toHaveLength(1)
})

test('dropped iterations: their share, and whose VUs were all busy', () => {
  const starved = {
    dropped: 50,
    iterations: 950,
    arrivals: [{ ...arrivals, started: 950, dropped: 50 }, arrivals],
  }
  expect(said(starved)).toEqual([
    '50 of 1000 iterations (5.0 %) were dropped because no VU was free: the target did not get the planned load',
    'scenario browsers dropped 50 iterations: all of its VUs (20 at most) were busy. Raise `typicalSeconds` of its journey (the number of VUs is computed from it), or the target is too slow for this rate',
  ])
  expect([said({ dropped: 5 }), noted({ dropped: 5 })]).toEqual([
    [],
    ['5 of 1005 iterations were dropped because no VU was free'],
  ])
})

test('a rate that was not kept, but not for a handful of iterations', () => {
  expect(said({ arrivals: [{ ...arrivals, started: 700 }] })).toEqual([
    'scenario browsers started 700 of the 1000 iterations that its rate asks for in the judged phases (70 %): the generator did not keep up',
  ])
  expect(said({ arrivals: [{ ...arrivals, planned: 20, started: 12 }] })).toEqual([])
})

test('a generator without CPU: more than half of the judged time, and not for a few seconds', () => {
  expect(said({ generator: { ...generator, saturated: 51, full: 60 } })).toEqual([
    expect.stringMatching(/^k6 had no CPU left for 51 % of the judged time: the generator/),
  ])
  expect(said({ generator: { ...generator, saturated: 50, full: 60 } })).toEqual([])
  expect(said({ generator: { ...generator, looked: 4, saturated: 4, full: 4 } })).toEqual([])
})

test('a clock that jumped; a target whose clock is another', () => {
  expect(said({ clockShift: -3_600_000 })).toEqual([
    expect.stringContaining('the clock of this machine jumped by 3600 s'),
  ])
  expect(noted({ skew: -5000 })).toEqual([
    "the target's clock is 5 s behind this machine's: its logs and traces have other times",
  ])
})

test('a judged phase that was not reached, or cut short: a reason where nothing else ended the run', () => {
  const phases = [
    { phase: 'spike', planned: 60_000, ran: 30_000 },
    { phase: 'recovery', planned: 60_000, ran: 0 },
  ]
  const sentences = [
    'the judged phase spike was cut short: 30 s of 60 s',
    'the judged phase recovery was never reached',
  ]
  expect([said({ phases }), noted({ phases })]).toEqual([sentences, []])
  expect([said({ phases, k6: 99 }), noted({ phases, k6: 99 })]).toEqual([[], sentences])
})

test('a level that never settles: a reason if it differs clearly, else a note', () => {
  const steadiness = { cut: 30, batches: 60, never: true, drift: 0.34 }
  expect(unsteady({ steadiness })).toMatch(/^the judged phase never became steady: .* \+34 % /)
  const slight = { ...steadiness, drift: -0.04 }
  expect([unsteady({ steadiness: slight }), noted({ steadiness: slight })]).toEqual([
    undefined,
    [expect.stringMatching(/may not have been steady: .* -4 % /)],
  ])
})

test('a quantile of few samples is their maximum', () => {
  const thresholds = ['p(99)<2000', 'p(95)<800', 'avg<1'].map((threshold) => ({
    metric: 'http_req_duration',
    threshold,
    result: 'pass' as const,
  }))
  const samples = { http_req_duration: 30 }
  expect(noted({ thresholds, samples })).toEqual([
    'too few samples for a quantile, so it equals the maximum: p(99) of 30 samples of http_req_duration',
  ])
  expect(noted({ thresholds })).toEqual([])
})

test('of many such quantiles three are named', () => {
  const metrics = ['a', 'b', 'c', 'd', 'e']
  const thresholds = metrics.map((metric) => ({ metric, threshold: 'p(99)<1', result: 'pass' as const }))
  expect(noted({ thresholds, samples: Object.fromEntries(metrics.map((metric) => [metric, 3])) })).toEqual([
    'too few samples for a quantile, so it equals the maximum: p(99) of 3 samples of a, p(99) of 3 samples of b, p(99) of 3 samples of c, and 2 more',
  ])
})

test('what maxDuration left undone is not counted as dropped because no VU was free', () => {
  const ended = { scenario: 'each', maxDuration: '4s', planned: 40, dropped: 32 }
  expect(said({ iterations: 8, dropped: 32, endedEarly: [ended] })).toEqual([
    'scenario each was ended by its maxDuration (4s) after 8 of 40 iterations: raise maxDuration, or ask for fewer',
  ])
  expect(said({ iterations: 8, dropped: 33, endedEarly: [ended] })[1]).toContain('because no VU was free')
})

test('a machine that other programs filled is told, and invalid where whatever runs there waits', () => {
  const crowded = { ...generator, full: 80, busy: 0.98, k6: 0.12 }
  const told =
    'this machine had no CPU left for 80 % of the judged time, and k6 used 12 % of it: other programs took the rest'
  expect(said({ generator: crowded })).toEqual([])
  expect(noted({ generator: crowded })).toEqual([`${told}: times may be longer than the target’s own`])
  expect(said({ generator: { ...crowded, late: 400 } })).toEqual([
    `${told}: processes waited 400 ms for a CPU, so all times are unreliable. Stop other programs, or use another machine`,
  ])
  expect(noted({ generator: { ...crowded, full: 50 } })).toEqual([])
  expect(said({ generator: { ...crowded, late: 400 }, browser: true })[0]).toMatch(
    /: its browser and other programs took the rest: .* Drive fewer browsers, stop other programs, or use another machine$/,
  )
})

test('a browser that ended by itself is told, and one that never started', () => {
  const ended = (...said: string[]) => textsOf(BROWSER_ENDED.read({ ...GOOD, said }))[0]
  const gone = 'process with PID 10959 unexpectedly ended: signal: killed'
  expect(ended(gone)).toBeUndefined()
  expect(ended('communicating with browser: websocket: close 1006', gone)).toMatch(
    /^the browser ended in the middle of the run \(signal: killed\), which says nothing/,
  )
  expect(ended(gone, 'error building browser on IterStart: launching browser: …')).toMatch(
    /^the browser did not start \(signal: killed\)/,
  )
})

test('a clock that is an hour off is the first note, with what depends on it', () => {
  const notes = noted({ skew: -3_600_000, dropped: 5 })
  expect(notes[0]).toBe(
    "the target's clock is 3600 s behind this machine's: its logs and traces have other times, and tokens, cookies and certificates may be too old or too new for one of them. Set the clock that is wrong",
  )
  expect(notes).toHaveLength(2)
})

test('answers that fill k6’s memory are told, where they do', () => {
  const [total, received] = [100 * 2 ** 20, { bytes: 40 * 2 ** 20, requests: 10 }]
  const bodies = (facts: Partial<Facts>) => textsOf(BODIES.read({ ...GOOD, ...facts }))
  const memory = { total, left: 0, k6: total / 2 }
  expect(bodies({ memory, received })).toEqual([
    expect.stringMatching(/^k6 used 50 MiB of 100 MiB of memory: response bodies are 4 MiB on average/),
  ])
  expect(bodies({ memory: { ...memory, k6: total / 5 }, received })).toEqual([])
  expect(bodies({ memory, received: { ...received, requests: 100 } })).toEqual([])
  expect(bodies({ memory, received: { bytes: 0, requests: 0 } })).toEqual([])
  expect(bodies({ received })).toEqual([])
})

test('requests that the machine could not send are not the target’s: many, or few where a threshold was crossed', () => {
  const outOfRoom = [{ lacking: 'file handle', count: 172 } as const]
  const crossed = [{ metric: 'checks', threshold: 'rate>0.99', result: 'fail' } as const]
  const both = (requests: number, thresholds: Facts['thresholds']) => {
    const facts = {
      ...GOOD,
      outOfRoom,
      received: { bytes: 0, requests },
      thresholds,
      verdict: 'pass',
    } as const
    return [textsOf(OUT_OF_ROOM.read(facts)), textsOf(HARDLY_ANY_ROOM.read(facts))]
  }
  const text =
    'the machine that makes the load had no file handle left for 172 of 2,437 requests: it, not the target, was the limit. Allow k6 more of them (ulimit -n), or make the load from several machines'
  expect(both(2437, [])).toEqual([[text], []])
  expect(both(24_370, [])).toEqual([[], [text.replace('2,437', '24,370')]])
  expect(both(24_370, crossed)).toEqual([[text.replace('2,437', '24,370')], []])
})

test('a run that was ended before it did harm tells too what its machine had not', () => {
  const outOfRoom = [{ lacking: 'file handle', count: 172 } as const]
  const facts = { ...GOOD, stopped: 'out of memory', outOfRoom, received: { bytes: 0, requests: 2437 } }
  expect(judge(facts).reasons.map(({ code }) => code)).toEqual(['run-stopped', 'generator-exhausted'])
})
