import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { evaluate } from '../../testing/evaluate.ts'
import { answer, serve } from './parity/target.ts'
import type { Recording, Sample } from '../../testing/types.ts'

const folder = new URL('./parity/', import.meta.url)
let target: Awaited<ReturnType<typeof serve>>
let work: string

beforeAll(async () => {
  target = await serve()
  work = await mkdtemp(join(tmpdir(), 'parity-'))
})
afterAll(async () => {
  target.server.close()
  await rm(work, { recursive: true })
})

interface Told {
  lines: string[]
  samples: Sample[]
}

const script = async (name: string) =>
  (await readFile(new URL('prelude.mjs', folder), 'utf8')) + (await readFile(new URL(name, folder), 'utf8'))

/** What k6 itself prints and measures. */
async function byK6(name: string): Promise<Told> {
  const k6 = process.env.K6_BIN
  if (k6 === undefined) throw new Error('set K6_BIN to a k6 binary: this test compares the double with it')
  const path = join(work, name)
  const out = `${path}.json`
  await writeFile(path, await script(name))
  const flags = ['--quiet', '--no-color', '--no-usage-report', '--log-format', 'raw', '--out', `json=${out}`]
  const env = { PATH: '', HOME: work, TARGET: target.url, K6_AUTO_EXTENSION_RESOLUTION: 'false' }
  const log = await new Promise<string>((resolve) => {
    execFile(k6, ['run', ...flags, path], { env }, (_, stdout, stderr) => {
      resolve(stdout + stderr)
    })
  })
  const points = (await readFile(out, 'utf8'))
    .trim()
    .split('\n')
    .flatMap((line) => {
      const { type, metric, data } = JSON.parse(line) as { type: string; metric: string; data: Sample }
      return type === 'Point' ? [{ ...data, metadata: { ...data.metadata }, metric }] : []
    })
  return { lines: log.split('\n'), samples: points }
}

/** The same by the double; init runs as often as k6 runs it, which is why lines are compared as a set. */
async function byDouble(name: string, iterations: number): Promise<Told> {
  const bundle = await evaluate(await script(name), {
    env: { TARGET: target.url },
    respond: (request) => respond(request),
  })
  const runs: Recording[] = [bundle.seen]
  const add = (seen: Recording) => {
    runs.push(seen)
    return seen
  }
  const { returned } = add(await bundle.setup())
  add(await bundle.iterate({ data: returned[0], iterations }))
  add(await bundle.handleSummary({}))
  return {
    lines: runs.flatMap(({ logs }) => logs.map(({ text }) => text)),
    samples: runs.slice(0, 3).flatMap(({ samples }) => samples),
  }
}

function respond(request: Parameters<typeof answer>[0]) {
  return new URL(request.url).port === '1'
    ? { error: 'dial: connection refused', error_code: 1212 }
    : answer(request)
}

/** Lines of the scripts, in order and once each, without the port. */
const said = ({ lines }: Told) => {
  const own = lines
    .filter((line) => line.startsWith('@@'))
    .map((line) => line.replaceAll(target.url, 'TARGET'))
  return [...new Set(own)].sort()
}

const unstable = /^(data_|vus|iteration_duration)/
/** Samples as text, without times; durations without values. */
const measured = ({ samples }: Told) =>
  samples
    .filter(({ metric }) => !unstable.test(metric))
    .map(({ metric, value, tags, metadata }) => {
      const size = /duration|http_req_(?!failed)/.test(metric) ? 'some' : value
      const sorted = Object.fromEntries(Object.entries(tags).sort())
      return `${metric} ${size} ${JSON.stringify(sorted)} ${JSON.stringify(metadata)}`.replaceAll(
        target.url,
        'TARGET',
      )
    })
    .sort()

test.each([
  ['contexts.mjs', 2],
  ['core.mjs', 1],
  ['console.mjs', 1],
  ['encoding.mjs', 1],
  ['options.mjs', 1],
  ['http.mjs', 1],
])(
  '%s: the double does what k6 does',
  async (name, iterations) => {
    const [real, double] = await Promise.all([byK6(name), byDouble(name, iterations)])
    expect(said(real)).not.toEqual([])
    expect(said(double)).toEqual(said(real))
    expect(measured(double)).toEqual(measured(real))
  },
  60_000,
)
