import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { bundle, folder, k6, root, run, shop } from './harness.ts'

const SHORT = [
  '--scale',
  '0.3',
  '--ramp-up',
  '1s',
  '--warm-up',
  '1s',
  '--duration',
  '6s',
  '--ramp-down',
  '1s',
]

/** The values of the tag `phase` on requests, as k6 wrote them. */
function phasesIn(file: string): string[] {
  const points = readFileSync(file, 'utf8').matchAll(
    /"metric":"http_reqs","type":"Point".*?"phase":"([^"]*)"/g,
  )
  return [...new Set([...points].map(([, phase = '']) => phase))].sort()
}

describe.concurrent('profile', () => {
  const ramps = ['ramp-down', 'ramp-up', 'steady', 'warm-up']
  test.each([
    ['smoke', ['steady'], ['steady']],
    ['load', ['steady'], ramps],
    ['stress', ['steady'], ramps],
    ['spike', ['spike', 'recovery'], ['ramp-down', 'ramp-up', 'recovery', 'spike', 'warm-up']],
    ['soak', ['steady'], ramps],
    ['breakpoint', ['ramp-up'], ['ramp-up']],
    ['canary', ['steady'], ['steady']],
  ])('%s passes, judged in %j', async (profile, judged, phases) => {
    const points = join(folder(), 'points.json')
    const { code, record } = await run([
      ...['boutique', '--profile', profile, '--seed', '11', ...SHORT],
      ...['--', '--out', `json=${points}`],
    ])
    expect({ code, verdict: record.verdict, reasons: record.reasons }).toMatchObject({
      code: 0,
      verdict: 'pass',
    })
    expect(record).toMatchObject({ profile, judgedPhases: judged })
    expect(phasesIn(points)).toEqual(phases)
    const open = record.journeys.map(({ steps }) => steps[0])
    expect(open.every((step) => step !== undefined && step.measured > 0 && step.requests > 0)).toBe(true)
    for (const { metric } of record.thresholds) expect(judged).toContain(/phase:([\w-]+)/.exec(metric)?.[1])
  })
})

describe.concurrent('example', () => {
  const examples = readdirSync(join(root, 'examples')).filter((name) => /^\d.*(?<!\.test)\.ts$/.test(name))

  test.each(examples)('%s runs', async (name) => {
    const { code, record, err } = await run([`examples/${name}`, '--profile', 'smoke', '--duration', '3s'])
    expect({ code, verdict: record.verdict, reasons: record.reasons, err }).toMatchObject({
      code: 0,
      verdict: 'pass',
    })
    expect(record.journeys.some(({ completed }) => completed > 0)).toBe(true)
  })

  test.each(examples)('%s makes a single pass on plain k6', async (name) => {
    const ended = await k6([
      'run',
      '-i',
      '1',
      '-e',
      `BASE_URL=${await shop()}`,
      await bundle(`examples/${name}`),
    ])
    expect(ended).toMatchObject({ code: 0 })
  })
})
