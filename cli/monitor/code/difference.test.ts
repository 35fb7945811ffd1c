import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  checkBody,
  checkKind,
  scriptOf,
  sha256,
  shapeIn,
  checkShape,
  type MonitorCheck,
  type CheckShape,
} from './monitorCheck.ts'
import type { DeclaredMonitor } from '../../project/index.ts'
import { changesBetween } from './difference.ts'

const text = fc.string({ minLength: 1, maxLength: 12 })
const milliseconds = fc.integer({ min: 1000, max: 180_000 })
const NAMES = new Map([1, 2, 3].map((id) => [id, `probe ${id}`]))
const declaredMonitor: fc.Arbitrary<DeclaredMonitor> = fc.record(
  {
    suite: text,
    job: text,
    target: text,
    enabled: fc.boolean(),
    basicMetricsOnly: fc.boolean(),
    probes: fc.subarray([...NAMES.values()], { minLength: 1 }),
    frequency: fc.integer({ min: 60_000, max: 3_600_000 }),
    timeout: fc.record({ scripted: milliseconds, browser: milliseconds }),
    labels: fc.dictionary(text, text, { maxKeys: 3 }),
    settings: fc.constant({}),
    alerts: fc.array(
      fc.record({
        name: fc.constant('ProbeFailedExecutionsTooHigh' as const),
        threshold: fc.integer({ min: 1, max: 9 }),
        period: fc.constantFrom('5m' as const, '1h' as const),
        runbookUrl: text,
      }),
      { maxLength: 1 },
    ),
    channel: text,
    folderUid: text,
  },
  {
    requiredKeys: [
      'suite',
      'job',
      'target',
      'enabled',
      'basicMetricsOnly',
      'probes',
      'frequency',
      'timeout',
      'labels',
      'settings',
    ],
  },
)
const idsOf = (names: readonly string[]) =>
  [...NAMES].filter(([, name]) => names.includes(name)).map(([id]) => id)

test('what was sent for a monitor is, read back, the monitor: nothing differs', () => {
  fc.assert(
    fc.property(declaredMonitor, fc.string(), (declared, script) => {
      const shape = checkShape(declared, script)
      const body = checkBody(declared, shape, script, idsOf(declared.probes))
      const back = JSON.parse(JSON.stringify({ ...body, alerts: shape.alerts ?? [] })) as MonitorCheck
      expect(scriptOf(back)).toBe(Buffer.from(script).toString('utf8'))
      if (Buffer.from(script).toString('utf8') === script)
        expect(changesBetween(shapeIn(back, NAMES), shape)).toEqual([])
    }),
  )
})

test('two monitors that differ, differ in what is told', () => {
  fc.assert(
    fc.property(declaredMonitor, declaredMonitor, (one, other) => {
      const [from, to] = [checkShape(one, 'x'), checkShape(other, 'x')]
      const changes = changesBetween(from, to)
      for (const key of ['frequency', 'timeout', 'enabled', 'basicMetricsOnly'] as const)
        expect(changes.some(({ what }) => what === (key === 'frequency' ? 'every' : key))).toBe(
          from[key] !== to[key],
        )
      expect(changesBetween(to, to)).toEqual([])
    }),
  )
})

test('labels that print alike are not taken for the same', () => {
  const shape = (labels: CheckShape['labels']) => ({ labels }) as CheckShape
  expect(changesBetween(shape({ a: 'b, c=d' }), shape({ a: 'b', c: 'd' }))).toHaveLength(1)
  expect(changesBetween(shape({ a: '1', b: '2' }), shape({ b: '2', a: '1' }))).toEqual([])
})

test('what a declaration leaves out an existing check keeps', () => {
  const existing = {
    id: 5,
    tenantId: 7,
    job: 'shop',
    target: 'https://a.example',
    offset: 9,
    created: 1,
    modified: 2,
    enabled: true,
    frequency: 60_000,
    timeout: 5000,
    probes: [1],
    labels: [],
    basicMetricsOnly: true,
    alertSensitivity: 'high',
    settings: { scripted: { script: 'eA==' } },
    folderUid: 'f',
    channels: { k6: { id: 'v1' } },
    alerts: [{ name: 'x', threshold: 1 }],
  }
  const declared = {
    suite: 'shop',
    job: 'shop',
    target: 'https://a.example',
    probes: ['probe 2'],
    enabled: true,
    frequency: 60_000,
    timeout: { scripted: 5000, browser: 60_000 },
    labels: {},
    settings: {},
    basicMetricsOnly: true,
  }
  const body = checkBody(declared, checkShape(declared, 'y'), 'y', [2], existing)
  expect(body).toEqual({
    id: 5,
    tenantId: 7,
    job: 'shop',
    target: 'https://a.example',
    offset: 9,
    folderUid: 'f',
    enabled: true,
    frequency: 60_000,
    timeout: 5000,
    probes: [2],
    labels: [],
    basicMetricsOnly: true,
    alertSensitivity: 'none',
    settings: { scripted: { script: 'eQ==' } },
    channels: { k6: { id: 'v1' } },
  })
  expect(changesBetween(shapeIn(existing, NAMES), checkShape(declared, 'y'))).toEqual([
    { what: 'probes', from: 'probe 1', to: 'probe 2' },
    { what: 'alertSensitivity', from: 'high', to: 'none' },
    { what: 'script', from: `sha256 ${sha256('x')}`, to: `sha256 ${sha256('y')}` },
  ])
})

test('the kind of a check is the one key of its settings', () => {
  expect(checkKind({ settings: { http: {}, scripted: null } })).toBe('http')
  expect(checkKind({ settings: {} })).toBe('unknown')
  expect(scriptOf({ settings: { http: {} } })).toBeUndefined()
  expect(scriptOf({ settings: { browser: { script: 'eA==' } } })).toBe('x')
})
