// Compares two runs of 30 minutes and 10 million samples in a process of its own, as `loadwright compare` does, and prints
// the CPU seconds that it took. With `read` it only reads their files: unpacked, each line as JSON. With `make` it makes
// the runs: 30 steps, 180 windows, 60 histograms in each.
import { Buffer } from 'node:buffer'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { packMember } from '../cli/record/gzipMember.ts'
import { histogramOf, packHistogram } from '../cli/prometheus/index.ts'
import { compareRuns, measured, openRun } from '../cli/verdict/index.ts'
import { fakeRecord } from '../test/doubles/runRecord.ts'

const [STEPS, WINDOWS, SAMPLES] = [30, 180, 10e6]
const RUNS = ['first', 'second']
const [, , folder = '.', what] = process.argv

/** @param {string} id */
async function make(id) {
  const began = 1_800_000_000_000
  const place = join(folder, id)
  mkdirSync(place, { recursive: true })
  const record = fakeRecord(() => 0.5)
  // As its series have them, which are times alone.
  const totals = { ...record.totals, requests: 0, iterations: 0 }
  writeFileSync(join(place, 'run.json'), JSON.stringify({ ...record, totals, id, verdict: 'pass' }))
  const METRICS = ['group_duration', 'http_req_duration']
  const series = Array.from({ length: STEPS }, (_, step) =>
    METRICS.map((metric, at) => ({
      id: METRICS.length * step + at,
      name: `k6_${metric}_seconds`,
      labels: { journey: 'shopping', step: `step ${step}`, scenario: 'browsers', phase: 'steady' },
      first: began,
    })),
  ).flat()
  /** @type {object[][]} */
  const lines = [[{ lines: 1, window: 10_000 }, ...series]]
  for (let window = 0; window < WINDOWS; window++) {
    const histograms = series.map((_, at) => {
      const count = Math.round(SAMPLES / STEPS / WINDOWS)
      const times = Array.from({ length: count }, () => 0.1 * Math.exp(Math.random() + Math.random()))
      return [at === 0 ? 0 : 1, ...packHistogram(histogramOf(times))]
    })
    lines.push([{ at: began + window * 10_000, until: 9000, histograms }])
  }
  const members = lines.map((part) => packMember(part.map((line) => `${JSON.stringify(line)}\n`).join('')))
  writeFileSync(join(place, 'series.ndjson.gz'), Buffer.concat(await Promise.all(members)))
}

/** @param {string} id */
function read(id) {
  const file = (/** @type {string} */ name) => readFileSync(join(folder, id, name))
  JSON.parse(file('run.json').toString())
  const lines = gunzipSync(file('series.ndjson.gz')).toString().split('\n')
  return lines.filter(Boolean).map((line) => JSON.parse(line)).length
}

/** @param {NodeJS.CpuUsage} began */
function print(began) {
  const { user, system } = process.cpuUsage(began)
  process.stdout.write(`${(user + system) / 1e6}\n`)
}

if (what === 'make') for (const id of RUNS) await make(id)
else if (what === 'read') {
  const began = process.cpuUsage()
  RUNS.map(read)
  print(began)
} else {
  // What an earlier process has kept is no reading of the series.
  for (const id of RUNS) rmSync(join(folder, id, 'measured.json'), { force: true })
  const began = process.cpuUsage()
  const [base, candidate] = await Promise.all(RUNS.map(async (id) => measured(await openRun(folder, id))))
  if (!base || !candidate) throw new Error('there are two runs')
  const { rows } = compareRuns([base], candidate, 'first')
  if (rows.length !== STEPS * 3) throw new Error(`${rows.length} rows were compared`)
  print(began)
}
