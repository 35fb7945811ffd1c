import { stripVTControlCharacters } from 'node:util'
import { expect, test } from 'vitest'
import type { Observation } from './observe.ts'
import { availability, agentJson, lineOfMany, agentSeriesText, agentText } from './report.ts'

const script = {
  name: 'boutique',
  target: 'http://127.0.0.1:8080',
  code: 'x'.repeat(2048),
  sha256: 'ab12',
  baked: ['BASE_URL=http://127.0.0.1:8080', 'TIME_BUDGET=13500ms'],
}
const seen: Observation = {
  up: false,
  dropped: false,
  errorCode: 'aborted',
  exitCode: 110,
  killed: false,
  k6: 'v2.2.0',
  exit: 'exit code 110, the script failed the run',
  reasons: ['exit code 110, the script failed the run: checkout: \u001b[2Jstatus 500'],
  warnings: ['tag job: …'],
  duration: 1.234,
  took: 1.3,
  logBytes: 2048,
  metricsBytes: 51_200,
  series: [
    { name: 'probe_own', labels: { b: 'x "y"', a: '1' }, value: 2 },
    { name: 'probe_alone', labels: {}, value: 0.5 },
  ],
  logs: [
    { level: 'info', msg: 'of k6’s own', executor: 'x' },
    { level: 'info', msg: 'author’s', source: 'console', time: 't' },
    { level: 'info', msg: 'check result', check: 'holds', value: '1' },
    { level: 'info', msg: 'check result', check: 'fails', value: '0.5' },
    { level: 'error', msg: 'Error: x\n\tat y' },
  ],
}

test('tells what came of it, why, and where a person finds it', () => {
  expect(stripVTControlCharacters(agentText(script, seen, 15_000))).toBe(
    `
DOWN  boutique · http://127.0.0.1:8080
  exit code 110, the script failed the run: checkout: �[2Jstatus 500
  beware: tag job: …

duration   1.23 s; k6 took 1.30 s of 15s
k6         v2.2.0: exit code 110, the script failed the run
published  2 series; metrics 50.0 KiB of 100 KiB
log        2.0 KiB of 255 KiB; in Loki a person finds
  info    author’s
  info    check result check=fails value=0.5
  error   Error: x at y
bundle     2.0 KiB, SHA-256 ab12
baked      BASE_URL=http://127.0.0.1:8080 TIME_BUDGET=13500ms`.trimStart(),
  )
})

test('shows the last 20 lines of the log, each of bounded length', () => {
  const logs = Array.from({ length: 30 }, (_, index) => ({
    level: 'error',
    msg: `${index} ${'x'.repeat(1000)}`,
  }))
  const lines = agentText(script, { ...seen, logs }, 15_000)
    .split('\n')
    .filter((line) => /\d+ x{100}/.test(line))
  expect(lines).toHaveLength(20)
  expect(lines[0]).toContain('10 xxx')
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(300)
})

test('as JSON: seconds, counts, the lines; the series themselves only when asked for', () => {
  const { logs, published, ...plain } = agentJson(script, seen, 15_000, true) as Record<string, unknown>
  expect(plain).toEqual({
    suite: 'boutique',
    target: 'http://127.0.0.1:8080',
    up: false,
    dropped: false,
    errorCode: 'aborted',
    exitCode: 110,
    k6: 'v2.2.0',
    exit: 'exit code 110, the script failed the run',
    killed: false,
    duration: 1.234,
    took: 1.3,
    timeout: 15,
    series: 2,
    logBytes: 2048,
    metricsBytes: 51_200,
    bytes: 2048,
    sha256: 'ab12',
    baked: script.baked,
    reasons: seen.reasons,
    warnings: seen.warnings,
  })
  expect(logs).toHaveLength(3)
  expect(published).toEqual(seen.series)
  expect(agentJson(script, seen, 15_000, false)).not.toHaveProperty('published')
})

test('JSON says of a killed one that it has no exit code', () => {
  const { exitCode: _, ...killed } = { ...seen, killed: true }
  expect(agentJson(script, killed, 15_000, false)).toMatchObject({ exitCode: null, killed: true })
})

test('one of many is a line', () => {
  expect(stripVTControlCharacters(lineOfMany(seen, 3, 10))).toBe(
    ' 3/10  down  1.23 s  2 series  exit code 110, the script failed the run: checkout: �[2Jstatus 500',
  )
  expect(stripVTControlCharacters(lineOfMany({ ...seen, up: true, dropped: true }, 1, 1))).toMatch(
    /^1\/1 {2}no data/,
  )
})

test('what left no data was not available', () => {
  const [up, down, lost] = [
    { up: true, dropped: false },
    { up: false, dropped: false },
    { up: true, dropped: true },
  ] as const
  expect(availability([up, up, down, lost])).toBe(0.5)
  expect(availability([up])).toBe(1)
})

test('series are listed as Prometheus writes them, sorted', () => {
  expect(agentSeriesText(seen.series)).toBe('probe_alone 0.500000\nprobe_own{b="x \\"y\\"", a="1"} 2.000000')
})
