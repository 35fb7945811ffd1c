import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseDuration } from '../duration.ts'
import { ALERT_PERIODS, MONITOR_DEFAULTS, RESERVED_LABELS, type Monitors } from './monitor.ts'
import { monitorProblems } from './monitorProblems.ts'
import { sentence } from '../problem/problem.ts'

const problems = (monitors: unknown): string =>
  monitorProblems(monitors, 'loadwright.config.ts: monitors').map(sentence).join('\n')
const least = { target: 'https://shop.example.com', probes: ['Frankfurt', 'London'] }
/** The problems of one monitor that says this beside the least. */
const withKeys = (more: object): string => problems({ boutique: { ...least, ...more } })

test('the least, and one that uses everything, are well', () => {
  const monitors = {
    boutique: {
      ...least,
      every: '1m',
      timeout: '60s',
      alerts: [
        {
          name: 'ProbeFailedExecutionsTooHigh',
          threshold: 10,
          period: '5m',
          runbookUrl: 'https://wiki.example.com/1',
        },
      ],
      labels: { team: 'shop', managed_by: 'loadwright:shop' },
      job: 'Boutique, by day'.replace(',', ''),
      enabled: false,
      environment: 'production',
      settings: { REQUEST_TIMEOUT: '5s' },
      basicMetricsOnly: false,
      channel: 'v2',
      folderUid: 'abc',
    },
    several: [least, { ...least, target: 'https://shop.example.org' }],
  } satisfies Monitors
  expect(problems(monitors)).toBe('')
  expect(problems({ least })).toBe('')
  expect(problems({})).toBe('')
})

test('every problem at once, with what is allowed', () => {
  expect(
    problems({
      none: 7,
      'a,b': least,
      boutique: {
        target: 'shop.example.com',
        probe: ['Ohio'],
        probes: [],
        every: '30s',
        timeout: 'soon',
        alerts: [
          { name: 'HTTPRequestDurationTooHighAvg', threshold: 1.5, period: '7m' },
          'ProbeFailedExecutionsTooHigh',
          { name: 'ProbeFailedExecutionsTooHigh', threshold: 1, runbookUrl: 'see the wiki' },
        ],
        labels: { instance: 'x', '1st': 'x', team: '' },
        settings: { TIME_BUDGET: '5s', REQUEST_TIMEOT: '5s' },
        enabled: 'yes',
      },
    }),
  ).toMatchInlineSnapshot(`
    "loadwright.config.ts: monitors.none: got "7"; allowed: a monitor: { target, probes, … }
    loadwright.config.ts: monitors.a,b.job: got "a,b"; allowed: at most 128 characters without commas and quotes
    loadwright.config.ts: monitors.boutique.target: got "shop.example.com"; allowed: an http or https URL without query, of at most 2040 characters, such as https://shop.example.com
    loadwright.config.ts: monitors.boutique: got "probe"; allowed: target, probes, every, timeout, alerts, labels, job, enabled, environment, settings, basicMetricsOnly, channel, folderUid. Did you mean "probes"?
    loadwright.config.ts: monitors.boutique.probes: got "[]"; allowed: 1 to 64 names of probes, each once, such as ['Frankfurt', 'London']
    loadwright.config.ts: monitors.boutique.every: got "30s"; allowed: 1m to 1h
    loadwright.config.ts: monitors.boutique.timeout: got "soon"; allowed: a duration such as 30s, 5m, 1m30s or 250ms, 5s to 3m
    loadwright.config.ts: monitors.boutique.enabled: got "yes"; allowed: true or false
    loadwright.config.ts: monitors.boutique.labels: got "instance"; allowed: a name that the agent does not set itself
    loadwright.config.ts: monitors.boutique.labels: got "1st"; allowed: a name of letters, digits and _, at most 128, no digit first
    loadwright.config.ts: monitors.boutique.labels.team: got ""; allowed: a text of 1 to 128 bytes
    loadwright.config.ts: monitors.boutique.settings: got "TIME_BUDGET"; allowed: other settings: this one follows from \`timeout\`
    loadwright.config.ts: monitors.boutique.settings: got "REQUEST_TIMEOT"; allowed: ENVIRONMENT, PROFILE, BASE_URL, TUNNEL_URL, SCALE, RATE, VUS, RAMP_UP, WARM_UP, DURATION, RAMP_DOWN, SEED, TIME_BUDGET, REQUEST_TIMEOUT, TRACE_RATIO, SPANS, CHECK_ROWS, RUN_ID, SUMMARY. Did you mean REQUEST_TIMEOUT?
    loadwright.config.ts: monitors.boutique.alerts[0].name: got "HTTPRequestDurationTooHighAvg"; allowed: ProbeFailedExecutionsTooHigh
    loadwright.config.ts: monitors.boutique.alerts[0].threshold: got "1.5"; allowed: a whole number above 0
    loadwright.config.ts: monitors.boutique.alerts[0].period: got "7m"; allowed: 5m, 10m, 15m, 20m, 30m, 1h
    loadwright.config.ts: monitors.boutique.alerts[1]: got "ProbeFailedExecutionsTooHigh"; allowed: an alert: { name, threshold, period }
    loadwright.config.ts: monitors.boutique.alerts[2].period: got nothing; allowed: 5m, 10m, 15m, 20m, 30m, 1h
    loadwright.config.ts: monitors.boutique.alerts[2].runbookUrl: got "see the wiki"; allowed: an http or https URL"
  `)
})

test('a timeout is at most the period between two passes', () => {
  expect(withKeys({ every: '1m', timeout: '61s' })).toMatchInlineSnapshot(
    `"loadwright.config.ts: monitors.boutique.timeout: got "1m1s"; allowed: at most \`every\`, which is 1m: passes would overlap"`,
  )
  expect(withKeys({ every: '1m', timeout: '1m' })).toBe('')
  expect(withKeys({ timeout: '4m' })).toContain('5s to 3m')
  expect(withKeys({ timeout: '4s' })).toContain('5s to 3m')
})

const alert = { name: 'ProbeFailedExecutionsTooHigh', threshold: 1, period: '15m' }
test('an alert looks back over at least one pass, and asks for no more failures than there are passes', () => {
  expect(withKeys({ every: '1h', alerts: [alert] })).toMatchInlineSnapshot(
    `"loadwright.config.ts: monitors.boutique.alerts[0].period: got "15m"; allowed: at least \`every\`, which is 1h"`,
  )
  expect(withKeys({ every: '4m', alerts: [{ ...alert, threshold: 7 }] })).toMatchInlineSnapshot(
    `"loadwright.config.ts: monitors.boutique.alerts[0].threshold: got "7"; allowed: at most 6, all passes of all probes in 15m"`,
  )
  expect(withKeys({ every: '4m', alerts: [{ ...alert, threshold: 6 }] })).toBe('')
  expect(withKeys({ alerts: [alert, alert] })).toMatchInlineSnapshot(
    `"loadwright.config.ts: monitors.boutique.alerts[1].name: got "ProbeFailedExecutionsTooHigh"; allowed: each alert once"`,
  )
  expect(withKeys({ alerts: [] })).toBe('')
})

test('job and target identify a check: two of the same are refused', () => {
  expect(problems({ boutique: [least, least], other: { ...least, job: 'boutique' } })).toMatchInlineSnapshot(`
    "loadwright.config.ts: monitors.boutique[1]: got job and target of loadwright.config.ts: monitors.boutique[0]; allowed: a check of its own, which job and target together identify. Give it another \`job\`.
    loadwright.config.ts: monitors.other: got job and target of loadwright.config.ts: monitors.boutique[1]; allowed: a check of its own, which job and target together identify. Give it another \`job\`."
  `)
})

test.each(RESERVED_LABELS)('the label %s is the agent’s own', (name) => {
  expect(withKeys({ labels: { [name]: 'x' } })).toContain('does not set itself')
})

test('a label’s value is counted in bytes, as the API counts it', () => {
  expect(withKeys({ labels: { team: 'é'.repeat(64) } })).toBe('')
  expect(withKeys({ labels: { team: 'é'.repeat(65) } })).toContain('1 to 128 bytes')
})

test('nothing whatsoever makes it throw', () => {
  const keys = ['target', 'probes', 'every', 'timeout', 'alerts', 'labels', 'job', 'settings'] as const
  const monitor = fc.record(Object.fromEntries(keys.map((key) => [key, fc.anything()])), { requiredKeys: [] })
  fc.assert(
    fc.property(
      fc.oneof(fc.anything(), fc.dictionary(fc.string(), fc.oneof(monitor, fc.array(monitor)))),
      (value) => {
        const said = monitorProblems(value, 'x').map(sentence)
        expect(said.filter((one) => !one.includes('allowed'))).toEqual([])
      },
    ),
  )
})

test('what it accepts keeps the API’s own rules of frequency, timeout and threshold', () => {
  const monitor = fc.record(
    {
      every: fc.constantFrom('59s', '1m', '5m', '7m', '1h', '2h'),
      timeout: fc.constantFrom('5s', '30s', '1m', '3m', '181s'),
      probes: fc.uniqueArray(fc.constantFrom('Ohio', 'Paris', 'Tokyo'), { minLength: 1 }),
      alerts: fc.array(
        fc.record({
          name: fc.constant('ProbeFailedExecutionsTooHigh'),
          threshold: fc.integer({ min: 0, max: 40 }),
          period: fc.constantFrom(...ALERT_PERIODS),
        }),
        { maxLength: 1 },
      ),
    },
    { requiredKeys: ['probes'] },
  )
  let accepted = 0
  fc.assert(
    fc.property(monitor, (one) => {
      if (monitorProblems({ x: { target: 'https://a.example', ...one } }, 'x').length > 0) return
      accepted += 1
      const every = parseDuration(one.every ?? MONITOR_DEFAULTS.every) ?? 0
      const timeout = parseDuration(one.timeout ?? MONITOR_DEFAULTS.timeout.browser) ?? 0
      expect(every).toBeGreaterThanOrEqual(60_000)
      expect(every).toBeLessThanOrEqual(3_600_000)
      expect(timeout).toBeGreaterThanOrEqual(1000)
      expect(timeout).toBeLessThanOrEqual(Math.min(every, 180_000))
      for (const { threshold, period } of one.alerts ?? []) {
        expect(parseDuration(period)).toBeGreaterThanOrEqual(every)
        expect(threshold).toBeGreaterThanOrEqual(1)
        expect(threshold).toBeLessThanOrEqual(
          Math.floor((parseDuration(period) ?? 0) / every) * one.probes.length,
        )
      }
    }),
    { numRuns: 500 },
  )
  expect(accepted).toBeGreaterThan(30)
})
