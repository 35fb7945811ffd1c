import fc from 'fast-check'
import { expect, test } from 'vitest'
import { defineConfig } from './config.ts'
import { configProblems } from './configProblems.ts'
import { ENVIRONMENTS } from './environments.ts'
import { sentence } from './problem/problem.ts'
import { readSettings } from './settings/readSettings.ts'

const problems = (config: unknown): string => configProblems(config).map(sentence).join('\n')

test('a config that uses everything is well, and so is an empty one', () => {
  const config = defineConfig({
    suites: ['load/*.ts'],
    suite: 'shop',
    environments: {
      dev: { caps: { vus: 5 }, hosts: ['*.dev.example'] },
      qa: {
        target: 'https://qa.example',
        scale: 0.1,
        hosts: ['qa.example'],
        profiles: ['smoke', 'load'],
        caps: { vus: 10, rate: 5, duration: '10m' },
        slos: { journey_failed: ['rate<0.001'], checks: { thresholds: ['rate>0.9'], owner: 'qa' } },
      },
    },
  })
  expect(problems(config)).toBe('')
  expect(problems({})).toBe('')
  expect(problems({ suite: undefined })).toBe('')
})

test('of a gate: what is not pass or fail, and tolerances', () => {
  const tolerance = { metric: 'group_duration', step: 'place order', limit: '+10%', owner: 'team-orders' }
  const gate = {
    inconclusive: 'fail',
    insufficientBaseline: 'inconclusive',
    tolerances: [tolerance],
  } as const
  expect(problems(defineConfig({ gate }))).toBe('')
  expect(problems({ gate: 1 })).toBe(
    `loadwright.config.ts: gate: got "1"; allowed: an object such as { inconclusive: 'fail' }`,
  )
  const broken = { ...tolerance, limit: '10', ownr: 'x', owner: undefined }
  const share = { ...tolerance, metric: 'http_req_failed' }
  expect(problems({ gate: { invalid: 'no', tolerances: [broken, share, 3] } }).split('\n')).toEqual([
    'loadwright.config.ts: gate.invalid: got "no"; allowed: own, fail, pass',
    'loadwright.config.ts: gate.tolerances[0].owner: got nothing; allowed: a text',
    'loadwright.config.ts: gate.tolerances[0].limit: got "10"; allowed: by how much the limit is raised: +15% or +1 points',
    'loadwright.config.ts: gate.tolerances[0]: got "ownr"; allowed: metric, journey, step, environment, limit, owner. Did you mean "owner"?',
    'loadwright.config.ts: gate.tolerances[1].limit: got "+10%"; allowed: points, since http_req_failed is a share: +1 points',
    'loadwright.config.ts: gate.tolerances[2]: got "3"; allowed: metric, limit and owner',
  ])
})

test('of the settings of an environment: those that it may have, as they are read', () => {
  const own = { PROFILE: 'load', DURATION: '2m', VUS: '3' }
  expect(problems({ environments: { qa: { settings: own } } })).toBe('')
  const broken = { PROFILE: 'laod', DURATION: 'soon', VUS: 3, BASE_URL: 'http://a', DURATON: '1m' }
  expect(problems({ environments: { qa: { settings: broken }, dev: { settings: 1 } } }).split('\n')).toEqual([
    'loadwright.config.ts: environments.qa.settings.PROFILE: got "laod"; allowed: as a text: smoke, load, stress, spike, soak, breakpoint, canary, replay',
    'loadwright.config.ts: environments.qa.settings.DURATION: got "soon"; allowed: as a text: a duration such as 30s, 5m, 1m30s or 250ms',
    'loadwright.config.ts: environments.qa.settings.VUS: got "3"; allowed: as a text: a whole number above 0',
    'loadwright.config.ts: environments.qa.settings: got "BASE_URL"; allowed: PROFILE, RATE, VUS, RAMP_UP, WARM_UP, DURATION, RAMP_DOWN, SEED, TIME_BUDGET, REQUEST_TIMEOUT, TRACE_RATIO, CHECK_ROWS',
    'loadwright.config.ts: environments.qa.settings: got "DURATON"; allowed: PROFILE, RATE, VUS, RAMP_UP, WARM_UP, DURATION, RAMP_DOWN, SEED, TIME_BUDGET, REQUEST_TIMEOUT, TRACE_RATIO, CHECK_ROWS. Did you mean "DURATION"?',
    `loadwright.config.ts: environments.dev.settings: got "1"; allowed: settings such as { PROFILE: 'load', DURATION: '2m' }`,
  ])
})

test('every problem at once: unknown keys, wrong types, at any depth', () => {
  expect(
    problems({
      suits: [],
      suite: '',
      suites: 'a.ts',
      environments: {
        qa: {
          target: 'qa.example',
          scal: 1,
          scale: 0,
          hosts: 'qa.example',
          profiles: ['smoke', 'sprint'],
          caps: { vus: '10', rate: NaN, duration: 'soon', rates: 1 },
          slos: { journey_failed: 'rate<1' },
        },
        uat: null,
        toString: 7,
      },
    }),
  ).toMatchInlineSnapshot(`
    "loadwright.config.ts: got "suits"; allowed: suites, suite, environment, environments, monitors, cloud, gate, watch, notify. Did you mean "suites"?
    loadwright.config.ts: suite: got ""; allowed: a text
    loadwright.config.ts: suites: got "a.ts"; allowed: an array of texts
    loadwright.config.ts: environments.qa.target: got "qa.example"; allowed: a URL such as https://shop.example.com
    loadwright.config.ts: environments.qa: got "scal"; allowed: target, scale, hosts, profiles, caps, slos, settings. Did you mean "scale"?
    loadwright.config.ts: environments.qa.scale: got "0"; allowed: a number above 0
    loadwright.config.ts: environments.qa.hosts: got "qa.example"; allowed: an array of host names without scheme and port, such as *.example.com
    loadwright.config.ts: environments.qa.profiles: got "[\\"smoke\\",\\"sprint\\"]"; allowed: an array of smoke, load, stress, spike, soak, breakpoint, canary, replay
    loadwright.config.ts: environments.qa.caps.vus: got "10"; allowed: a number above 0
    loadwright.config.ts: environments.qa.caps.rate: got "null"; allowed: a number above 0
    loadwright.config.ts: environments.qa.caps.duration: got "soon"; allowed: a duration such as 30s, 5m, 1m30s or 250ms
    loadwright.config.ts: environments.qa.caps: got "rates"; allowed: vus, rate, duration. Did you mean "rate"?
    loadwright.config.ts: environments.qa.slos["journey_failed"]: got "rate<1"; allowed: ['p(95)<500'] or { thresholds: ['p(95)<500'], owner: 'team-orders' }
    loadwright.config.ts: environments.uat: got "null"; allowed: an object
    loadwright.config.ts: environments.toString: got "7"; allowed: an object"
  `)
})

test.each([[undefined], [null], [7], ['text'], [[]], [() => ({})]])('%j is no config', (value) => {
  expect(configProblems(value, 'x.config.ts')).toMatchObject([{ where: 'x.config.ts' }])
})

test('nothing whatsoever makes it throw, and what it accepts can be used', () => {
  fc.assert(
    fc.property(
      fc.record(
        {
          suites: fc.anything(),
          environments: fc.oneof(
            fc.anything(),
            fc.dictionary(
              fc.constantFrom('shop', 'dev', 'qa'),
              fc.record({ caps: fc.anything(), scale: fc.anything() }),
            ),
          ),
        },
        { requiredKeys: [] },
      ),
      (config) => {
        if (configProblems(config).length === 0)
          expect(readSettings({}, config as object).environment).toBeDefined()
      },
    ),
  )
})

test('the environments that exist without a config are well themselves', () => {
  expect(problems({ environments: ENVIRONMENTS })).toBe('')
})

test('what is watched is read as strictly', () => {
  expect(
    problems({
      watch: {
        metrics: [
          { name: 'errors', query: 'up' },
          {
            name: 'errors',
            query: 'up{v="$version"}',
            limit: '1%',
            tolerance: '10',
            floor: -1,
            beter: 'lower',
          },
          3,
        ],
        traffic: { least: '1' },
        forr: '10m',
      },
    }),
  ).toMatchInlineSnapshot(`
    "loadwright.config.ts: watch: got "forr"; allowed: metrics, traffic
    loadwright.config.ts: watch.metrics[0].query: got "up"; allowed: PromQL with $version in it, such as sum(rate(http_requests_total{version="$version"}[1m]))
    loadwright.config.ts: watch.metrics[1].limit: got "1%"; allowed: a limit such as <0.01 or >=0.99
    loadwright.config.ts: watch.metrics[1].tolerance: got "10"; allowed: by how much the limit is raised: +15% or +1 points
    loadwright.config.ts: watch.metrics[1].floor: got "-1"; allowed: a number, 0 or above
    loadwright.config.ts: watch.metrics[1]: got "beter"; allowed: name, query, better, unit, limit, tolerance, floor. Did you mean "better"?
    loadwright.config.ts: watch.metrics[2]: got "3"; allowed: an object such as { name, query }
    loadwright.config.ts: watch.metrics: got "errors" twice; allowed: a name for each metric
    loadwright.config.ts: watch.traffic.query: got nothing; allowed: PromQL with $version in it, such as sum(rate(http_requests_total{version="$version"}[1m]))
    loadwright.config.ts: watch.traffic.least: got "1"; allowed: a number, 0 or above"
  `)
})
