import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { browserEnvironment } from '../../cli/k6/index.ts'
import type { Manifest } from '../../cli/record/index.ts'
import { cli, folder, k6, reasonsButBusy, root, run, shop } from './harness.ts'

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
    const { record } = await run([
      ...['boutique', '--profile', profile, '--seed', '11', ...SHORT],
      ...['--', '--out', `json=${points}`],
    ])
    expect(reasonsButBusy(record)).toEqual([])
    expect(record).toMatchObject({ profile, judgedPhases: judged })
    const seen = phasesIn(points)
    // A busy machine may begin nothing in a ramp of one second.
    expect(phases).toEqual(expect.arrayContaining(seen))
    expect(seen).toEqual(expect.arrayContaining(judged))
    const open = record.journeys.map(({ steps }) => steps[0])
    expect(open.every((step) => step !== undefined && step.measured > 0 && step.requests > 0)).toBe(true)
    for (const { metric } of record.thresholds) expect(judged).toContain(/phase:([\w-]+)/.exec(metric)?.[1])
  })
})

/** The bundles of all suites, built at once, by the files that they were built from. */
async function builtSuites(): Promise<ReadonlyMap<string, string>> {
  const outdir = folder()
  const { code, out, err } = await cli(['build', '--outdir', outdir])
  expect(code, out + err).toBe(0)
  const manifests = readdirSync(outdir).filter((name) => name.endsWith('.manifest.json'))
  return new Map(
    manifests.map((name) => {
      const { source } = JSON.parse(readFileSync(join(outdir, name), 'utf8')) as Manifest
      return [source, join(outdir, name.replace('.manifest.json', '.js'))]
    }),
  )
}
let suites: ReturnType<typeof builtSuites> | undefined

describe.concurrent('example', () => {
  const examples = readdirSync(join(root, 'examples')).filter((name) => /^\d.*(?<!\.test)\.ts$/.test(name))

  test.each(examples)('%s runs', async (name) => {
    const { record, err } = await run([`examples/${name}`, '--profile', 'smoke', '--duration', '3s'])
    expect(reasonsButBusy(record), err).toEqual([])
    expect(record.journeys.some(({ completed }) => completed > 0)).toBe(true)
  })

  test.each(examples)('%s makes a single pass on plain k6', async (name) => {
    const bundle = (await (suites ??= builtSuites())).get(`examples/${name}`) ?? `no bundle of ${name}`
    const { env } = await browserEnvironment(process.env)
    // With -i k6 leaves out the scenarios, and with them the browser: a bundle that has one makes one pass by itself.
    const isBrowser = readFileSync(bundle, 'utf8').includes('k6/browser')
    const once = isBrowser ? ['-e', 'TIME_BUDGET=60s'] : ['-i', '1']
    const ended = await k6(['run', ...once, '-e', `BASE_URL=${await shop()}`, bundle], { env })
    expect(ended.code, ended.out + ended.err).toBe(0)
  })
})
