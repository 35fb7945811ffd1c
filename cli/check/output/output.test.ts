import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkLines } from '../checkLines.ts'
import { METRICS_BYTES } from '../../project/index.ts'
import { samplesOf, type AgentSample, type Tags } from './sample.ts'
import { outputOf } from './series.ts'
import { cutText, agentLine, sanitized, sixDecimals } from './text.ts'

// One run of k6 2.1 wrote all three: its samples as JSON, and what the agent's own output (xk6-sm 4385ad6) made of them.
const fixture = (name: string): string => readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8')
const sorted = (lines: readonly string[]): string[] => lines.map((line) => line.trimEnd()).sort()
const SECONDS = 0.059938

const recorded = () => outputOf(samplesOf(fixture('samples.jsonl').split('\n')), SECONDS)

test('writes what the agent’s own output wrote of the same samples, byte for byte', async () => {
  const { series } = await recorded()
  expect(sorted(series.map(agentLine))).toEqual(sorted(fixture('metrics.prom').trim().split('\n')))
  expect(cutText(series)).toMatchObject({ bytes: Buffer.byteLength(fixture('metrics.prom')), cut: 0 })
})

test('writes the log lines of checks that the agent’s own output wrote', async () => {
  const { checks } = await recorded()
  const lines = checkLines(checks, new Date('2026-11-22T01:16:45.678Z'))
  expect(sorted(lines.trim().split('\n'))).toEqual(sorted(fixture('checks.txt').trim().split('\n')))
})

const of = (
  metric: string,
  value: number,
  tags: Tags = {},
  kind: AgentSample['kind'] = 'trend',
): AgentSample => ({
  metric,
  kind,
  tags,
  value,
})
const linesOf = async (...samples: AgentSample[]): Promise<string[]> =>
  (await outputOf(samples, 0)).series.map((one) => agentLine(one).trimEnd()).slice(0, -1)

test('leaves out what says nothing of a check', async () => {
  const names = ['vus', 'vus_max', 'iterations']
  expect(await linesOf(...names.map((name) => of(name, 1, {}, 'counter')))).toEqual([])
})

test.each([
  [
    'http_req_failed',
    [1, 0, 1],
    ['probe_http_requests_failed_total 2.000000', 'probe_http_requests_failed 0.666667'],
  ],
  [
    'checks',
    [1, 0, 1],
    [
      'probe_check_success_rate 0.666667',
      'probe_checks_total{result="pass"} 2.000000',
      'probe_checks_total{result="fail"} 1.000000',
    ],
  ],
])('counts %s from its mean', async (name, values, lines) => {
  expect(await linesOf(...values.map((value) => of(name, value, {}, 'rate')))).toEqual(lines)
})

test('says that chance decides where series become equal', async () => {
  const duration = (tags: Tags) => of('http_req_waiting', 1, { name: 'home', ...tags })
  const told = async (...samples: AgentSample[]) => (await outputOf(samples, 0)).coinciding
  expect(await told(duration({ phase: 'a' }), duration({ phase: 'b' }))).toEqual(['http_duration_seconds'])
  expect(await told(duration({ error: 'x' }), duration({ error: 'y' }))).toEqual(['http_duration_seconds'])
  expect(await told(of('own', 1, { a: '1' }), of('own', 1, { a: '2' }))).toEqual([])
})

test('a line that k6 had no time to end is left out', async () => {
  const lines = fixture('samples.jsonl').trim().split('\n')
  const torn = [...lines.slice(0, 20), lines[20]!.slice(0, 40)]
  const read = async (some: string[]) => (await outputOf(samplesOf(some), 0)).series.length
  expect(await read(torn)).toBe(await read(lines.slice(0, 20)))
})

test('for any samples: a counter is the sum, a gauge the last, a trend the mean', async () => {
  const value = fc.double({ min: -1e6, max: 1e6, noNaN: true })
  await fc.assert(
    fc.asyncProperty(fc.array(value, { minLength: 1, maxLength: 40 }), async (values) => {
      const sum = values.reduce((total, one) => total + one, 0)
      const expected = { counter: sum, gauge: values.at(-1)!, trend: sum / values.length }
      for (const kind of ['counter', 'gauge', 'trend'] as const) {
        const { series } = await outputOf(
          values.map((one) => of('own', one, {}, kind)),
          0,
        )
        expect(series[0]!.value).toBeCloseTo(expected[kind], 5)
      }
    }),
  )
})

test.each([
  [0, '0.000000'],
  [-0, '-0.000000'],
  [1 / 128, '0.007812'],
  [3 / 128, '0.023438'],
  [-1 / 128, '-0.007812'],
  [0.0000005, '0.000000'],
  [0.0000015, '0.000002'],
  [123_456_789.123_456_7, '123456789.123457'],
  [1e21, '1000000000000000000000.000000'],
  [NaN, 'NaN'],
  [Infinity, '+Inf'],
])('writes %d as Go does', (value, text) => {
  expect(sixDecimals(value)).toBe(text)
})

test('for any number: six decimals, and never farther than half a millionth', () => {
  fc.assert(
    fc.property(fc.double({ min: -1e9, max: 1e9, noNaN: true }), (value) => {
      const text = sixDecimals(value)
      expect(text).toMatch(/^-?\d+\.\d{6}$/)
      expect(Math.abs(Number(text) - value)).toBeLessThanOrEqual(0.5e-6 + Math.abs(value) * 1e-15)
    }),
  )
})

test.each([
  ['1st', '_st'],
  ['č', '_'],
  ['na me', 'na_me'],
  ['x-y', 'x_y'],
  ['a:b', 'a:b'],
  ['\u{1F3F4}', '_'],
])('a tag %s becomes the label %s', (tag, label) => {
  expect(sanitized(tag)).toBe(label)
})

test('for any series: as many whole lines are read as fit', async () => {
  const tag = fc.string({ maxLength: 400 })
  await fc.assert(
    fc.asyncProperty(
      fc.array(tag, { maxLength: 30 }),
      fc.integer({ min: 0, max: 4000 }),
      async (tags, limit) => {
        const { series } = await outputOf(
          tags.map((text) => of('own', 1, { text })),
          1,
        )
        const { read, bytes, cut } = cutText(series, limit)
        const text = series.map(agentLine).join('')
        const kept = read.map(agentLine).join('')
        expect(bytes).toBe(Buffer.byteLength(text))
        expect(text.startsWith(kept)).toBe(true)
        expect(Buffer.byteLength(kept)).toBeLessThanOrEqual(limit)
        expect(read.length + cut).toBe(series.length)
        const next = series[read.length]
        if (next) expect(Buffer.byteLength(kept + agentLine(next))).toBeGreaterThan(limit)
      },
    ),
  )
  expect(METRICS_BYTES).toBe(102_400)
})
