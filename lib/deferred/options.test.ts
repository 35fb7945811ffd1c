import { afterEach, expect, test, vi } from 'vitest'
import { PLAIN } from '../../config/environments.ts'
import type { ProfileName } from '../../config/workload/profiles.ts'
import { peak } from '../../config/workload/shape.ts'
import { workload, type Load } from '../../scenarios/index.ts'
import { journey } from '../journey.ts'
import { suite } from '../suite.ts'
import type { SuiteDefinition } from '../suiteDefinition.ts'
import { suiteOptions } from './options.ts'
import { reading } from './settings.ts'

const browse = journey('browse', () => undefined)
const checkout = journey('checkout', () => undefined)

interface Made {
  thresholds: Record<string, unknown[]>
  scenarios: Record<string, Parameters<typeof peak>[0] & Record<string, unknown>>
}

afterEach(() => vi.unstubAllGlobals())

/** The options of a suite of two open journeys and a closed one, under a profile and settings. */
function optionsOf(
  profile: ProfileName,
  more: Partial<SuiteDefinition<[], unknown>> = {},
  env: Record<string, string> = {},
): Made & Record<string, unknown> {
  vi.stubGlobal('__ENV', { PROFILE: profile, ...env })
  const scenario = workload({ PROFILE: profile, SCALE: 1 })
  const sizes: Record<string, [typeof browse, Load]> = {
    browsers: [browse, { rate: 15 }],
    shoppers: [checkout, { rate: 5 }],
    tellers: [browse, { vus: 4 }],
  }
  const scenarios = Object.fromEntries(
    Object.entries(sizes).map(([name, [what, size]]) => [name, scenario(what, size)]),
  )
  return suite({ name: 'test', scenarios, ...more }).options as unknown as Made & Record<string, unknown>
}
/** Thresholds that judge something. */
const judging = ({ thresholds }: Made) =>
  Object.fromEntries(Object.entries(thresholds).filter(([, list]) => list.length > 0))

test('the environment’s SLOs are judged in the judged phase, unless the suite has its own', () => {
  const thresholds = {
    journey_failed: ['rate<0.5'],
    'http_req_duration{journey:browse}': ['p(95)<800'],
  } as const
  expect(judging(optionsOf('load', { thresholds }))).toEqual({
    'journey_failed{phase:steady}': ['rate<0.5'],
    'checks{phase:steady}': ['rate>0.99'],
    'http_req_failed{phase:steady}': ['rate<0.01'],
    'http_req_duration{journey:browse,phase:steady}': ['p(95)<800'],
  })
})

test('SLOs on gRPC and GraphQL, with tags or without, judge suites that use them alone, wherever a client is made', async () => {
  const slos = {
    ...PLAIN.slos,
    'grpc_call_failed{journey:browse}': ['rate<0.5'],
    'graphql_operation_failed{journey:browse}': ['rate<0.5'],
  }
  const doors = (): string[] => {
    vi.stubGlobal('__ENV', { PROFILE: 'load' })
    const { settings } = reading()
    const scenarios = { browsers: workload({ PROFILE: 'load', SCALE: 1 })(browse, { rate: 1 }) }
    const { thresholds } = suiteOptions(
      { name: 'test', scenarios },
      { settings, environment: { ...PLAIN, slos }, problems: [] },
    )
    return Object.keys(thresholds ?? {}).filter((key) => /grpc|graphql/.test(key))
  }
  expect(doors()).toEqual([])
  await import('../grpc/index.ts')
  expect(doors()).toEqual(['grpc_call_failed{phase:steady}', 'grpc_call_failed{journey:browse,phase:steady}'])
})

test('an explicit phase, and a metric that carries none, are left alone', () => {
  const thresholds = {
    'http_req_duration{phase:ramp-up}': ['p(95)<3000'],
    dropped_iterations: ['count<5'],
  } as const
  const made = judging(optionsOf('load', { thresholds }))
  expect(made).toMatchObject(thresholds)
  expect(Object.keys(made).filter((key) => /dropped|duration/.test(key))).toHaveLength(2)
})

test('spike judges the spike and the recovery, each by its own threshold', () => {
  const made = judging(optionsOf('spike', { thresholds: { group_duration: ['med<100'] } }))
  expect(made).toMatchObject({
    'group_duration{phase:spike}': ['med<100'],
    'group_duration{phase:recovery}': ['med<100'],
  })
  expect(Object.keys(made).some((key) => !key.includes('phase:'))).toBe(false)
})

test('breakpoint stops the run at the first threshold that breaks', () => {
  const thresholds = {
    group_duration: ['avg<100', { threshold: 'max<9000', abortOnFail: false }],
  } as const
  expect(judging(optionsOf('breakpoint', { thresholds }))['group_duration{phase:ramp-up}']).toEqual([
    { threshold: 'avg<100', abortOnFail: true, delayAbortEval: '10s' },
    { threshold: 'max<9000', abortOnFail: false },
  ])
})

test('replay wants a pattern of each load', () => {
  expect(() => optionsOf('replay')).toThrow(
    'scenarios.browsers.load: got {"rate":15}; allowed: a rate or vus > 0; replay: a pattern',
  )
  const scenarios = { a: workload()(browse, { rate: 2, pattern: [{ times: 2, share: 1 }] }) }
  expect(peak(optionsOf('replay', { scenarios }, { RATE: '4' }).scenarios.a!)).toMatchObject({
    rate: 8,
    seconds: 365,
  })
})

test('RATE and VUS are totals: each scenario keeps its share', () => {
  const { scenarios } = optionsOf('load', {}, { RATE: '40', VUS: '8' })
  expect(peak(scenarios.browsers!).rate).toBeCloseTo(30)
  expect(peak(scenarios.shoppers!).rate).toBeCloseTo(10)
  expect(peak(scenarios.tellers!).vus).toBe(8)
})

test('a cap that is passed is refused, whatever passes it', () => {
  const refused = (env: Record<string, string>) => () => optionsOf('load', {}, env)
  expect(refused({ RATE: '401' })).toThrow(/cap of shop on rate: got 401 iterations\/s; allowed: at most 400/)
  expect(refused({ VUS: '6000' })).toThrow(/cap of shop on VUs/)
  expect(refused({ RATE: '200', VUS: '500' })).not.toThrow()
})

test('k6 gets no function, may write into the options, and finds the journey on the scenario', () => {
  const options = optionsOf('load', { options: { noConnectionReuse: true } })
  expect(JSON.parse(JSON.stringify(options))).toEqual(options)
  expect(options.noConnectionReuse).toBe(true)
  expect(options.scenarios.browsers?.tags).toEqual({ journey: 'browse' })
  for (const part of [options, options.scenarios, options.scenarios.browsers, options.thresholds])
    expect(Object.isFrozen(part)).toBe(false)
})

test('k6 keeps what the end-of-test text shows: journeys from start to end, and p(99) and count of times', () => {
  const options = optionsOf('load')
  expect(options.summaryTrendStats).toEqual(expect.arrayContaining(['p(95)', 'p(99)', 'count']))
  expect(Object.entries(options.thresholds).filter(([, list]) => list.length === 0)).toEqual(
    ['browse', 'checkout'].flatMap((name) => [
      [`journeys_started{journey:${name}}`, []],
      [`journeys_completed{journey:${name}}`, []],
    ]),
  )
})

test('the VUs of a smoke test together keep to the cap on the rate, each to the rate of its load', () => {
  const { scenarios } = optionsOf('smoke', {}, { ENVIRONMENT: 'shop' })
  const paces = Object.values(scenarios).map(({ env }) => (env as Record<string, string>).LOADWRIGHT_PHASES)
  // 3 VUs at a cap of 400 a second; 15 and 5 iterations a second are slower than that.
  expect(paces).toEqual(['steady*:20000 @67', 'steady*:20000 @200', 'steady*:20000 @8'])
})
