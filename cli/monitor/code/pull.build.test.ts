import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Monitors } from '../../../config/monitor/monitor.ts'
import { monitorProblems } from '../../../config/monitor/monitorProblems.ts'
import { checkBody, checkShape } from './monitorCheck.ts'
import { declaredMonitors, type DeclaredMonitor } from '../../project/index.ts'
import type { LiveChecks } from './live.ts'
import { pulled, pullText, type Pull } from './pull.ts'
import { LEAST } from '../../../test/doubles/monitoredProject.ts'

const NAMES = ['Frankfurt', 'London', "the 'office'"]
/** A tenant that has what was declared. */
const liveOf = (monitors: Monitors): LiveChecks => ({
  tenantId: 7,
  probes: NAMES.map((name, id) => ({
    id,
    name,
    public: true,
    scripted: true,
    browser: true,
  })),
  checks: declaredMonitors({ monitors }).map((declared, index) => {
    const shape = checkShape(declared, 'x')
    const ids = declared.probes.map((name) => NAMES.indexOf(name))
    return { ...checkBody(declared, shape, 'x', ids), id: index, tenantId: 7, alerts: shape.alerts ?? [] }
  }),
})
const valueOf = (text: string): { monitors: unknown } =>
  JSON.parse(JSON.stringify(runInNewContext(`({${text}})`))) as never

test('what the tenant has comes back as the config would say it', () => {
  const declared: Monitors = {
    shop: { ...LEAST, environment: 'staging', settings: { SEED: '1' } },
    docs: [
      { ...LEAST, target: 'https://docs.example.org' },
      { ...LEAST, target: 'https://gone.example.org' },
    ],
  }
  const changed: Monitors = {
    shop: {
      ...LEAST,
      every: '1m',
      timeout: '15s',
      enabled: false,
      labels: { team: "the 'shop'" },
      basicMetricsOnly: false,
      alerts: [{ name: 'ProbeFailedExecutionsTooHigh', threshold: 1, period: '5m' }],
    },
    docs: { ...LEAST, target: 'https://docs.example.org' },
  }
  const pull = pulled(declaredMonitors({ monitors: declared }), liveOf(changed))
  expect(pull.missing).toEqual([{ suite: 'docs', job: 'docs', target: 'https://gone.example.org' }])
  expect(pullText(pull)).toMatchInlineSnapshot(`
    "monitors: {
      shop: {
        target: 'https://shop.example.com',
        probes: ['Frankfurt', 'London'],
        every: '1m',
        timeout: '15s',
        alerts: [{ name: 'ProbeFailedExecutionsTooHigh', threshold: 1, period: '5m' }],
        labels: { team: 'the \\'shop\\'' },
        enabled: false,
        environment: 'staging',
        settings: { SEED: '1' },
        basicMetricsOnly: false,
      },
      docs: { target: 'https://docs.example.org', probes: ['Frankfurt', 'London'] },
    },"
  `)
})

test('what is pulled is valid, declares the same again, and its text means it', () => {
  const text = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 10 })
    .filter((one) => one.trim() === one)
  const monitor = fc.record(
    {
      target: fc.webUrl({ validSchemes: ['https'] }),
      probes: fc.subarray(NAMES, { minLength: 1 }),
      every: fc.constantFrom('1m', '5m', '90s', '1h'),
      timeout: fc.constantFrom('5s', '15s', '30s', '60s'),
      labels: fc.dictionary(fc.constantFrom('team', 'tier'), text),
      enabled: fc.boolean(),
      job: text,
      alerts: fc.constant([
        { name: 'ProbeFailedExecutionsTooHigh' as const, threshold: 1, period: '1h' as const },
      ]),
    },
    { requiredKeys: ['target', 'probes'] },
  )
  let compared = 0
  fc.assert(
    fc.property(monitor, (one) => {
      const monitors = { shop: one }
      if (monitorProblems(monitors, 'x').length > 0) return
      compared += 1
      const declared = declaredMonitors({ monitors })
      const pull: Pull = pulled(declared, liveOf(monitors))
      expect(monitorProblems(pull.monitors, 'x')).toEqual([])
      // The tenant's checks are scripted ones.
      const meant = ({ alerts = [], timeout, ...rest }: DeclaredMonitor) => ({
        ...rest,
        alerts: alerts.length,
        timeout: timeout.scripted,
      })
      const again = declaredMonitors({ monitors: pull.monitors as never })
      expect(again.map(meant)).toEqual(declared.map(meant))
      expect(valueOf(pullText(pull)).monitors).toEqual(JSON.parse(JSON.stringify(pull.monitors)))
    }),
  )
  expect(compared).toBeGreaterThan(20)
})
