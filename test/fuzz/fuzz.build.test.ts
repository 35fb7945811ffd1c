/**
 * Whatever is given as a setting, a flag, a config, a threshold, a pool, a suite or a record: it is taken, or refused in
 * words, at once. `npm run fuzz` tries thousands of each; `npm test` a sample that is the same each time.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CsvError } from 'csv-parse/sync'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { bundle } from '../../cli/project/build/bundle.ts'
import { readCsv } from '../../cli/project/build/csv.ts'
import { suiteProblems } from '../../cli/project/build/lint.ts'
import { evaluateFor } from '../../cli/project/build/evaluated.ts'
import { UserError } from '../../cli/base/errors.ts'
import { targetOf } from '../../cli/telemetry/remoteWrite/target.ts'
import { outputsOf } from '../../cli/telemetry/index.ts'
import { fakeReport } from '../doubles/reportData.ts'
import { htmlReport, junitReport, markdownReport, textReport } from '../../cli/report/index.ts'
import { flagsOf, withoutFlag, withValues } from '../../cli/k6/flags.ts'
import { furtherProblems } from '../../cli/project/refusedFlags.ts'
import { resolveSettings } from '../../cli/project/variables.ts'
import { damageOf } from '../../cli/record/runs/damage.ts'
import { packageRoot } from '../../cli/base/package.ts'
import { refuseOther, sourceFile } from '../../cli/project/sourceFile.ts'
import { collectorOf } from '../../cli/telemetry/index.ts'
import { tunnelSpec } from '../../cli/project/tunnelSpec.ts'
import type { Config } from '../../config/config.ts'
import { configProblems } from '../../config/configProblems.ts'
import { ENVIRONMENTS, environments } from '../../config/environments.ts'
import { message } from '../../config/problem/problem.ts'
import { readSettings } from '../../config/settings/readSettings.ts'
import { SETTINGS } from '../../config/settings/settings.ts'
import { K6_METRICS } from '../../config/thresholds/metricKinds.ts'
import { thresholdProblems } from '../../config/thresholds/thresholdProblems.ts'
import { mutated, oddText, oddValue } from './odd.ts'

const fuzzing = process.env.FUZZ === '1'
/** Milliseconds that one input may take: far beyond what any needs, on a machine that is busy. */
const PATIENCE = 10_000
const how = (runs: number): fc.Parameters<unknown> => ({
  numRuns: fuzzing ? runs : Math.ceil(runs / 25),
  ...(fuzzing ? {} : { seed: 13 }),
})
const names = Object.keys(SETTINGS)

/** Does work that may only refuse, and in words. */
function inWords<T>(work: () => T): T | undefined {
  const began = performance.now()
  try {
    return work()
  } catch (error) {
    // A pool tells what csv-parse says, with the file before it.
    if (!(error instanceof UserError || error instanceof CsvError)) throw error
    expect(error.message).not.toMatch(/\n\s+at |TypeError/)
    return undefined
  } finally {
    expect(performance.now() - began).toBeLessThan(PATIENCE)
  }
}

test('settings, by flags, --set and the shell', { timeout: 300_000 }, () => {
  const values = fc.dictionary(fc.constantFrom(...names), oddText)
  const given = fc.tuple(values, values, fc.array(oddText, { maxLength: 3 }))
  fc.assert(
    fc.property(given, ([flags, shell, set]) => {
      const { problems, settings } = inWords(() => resolveSettings({ flags, set }, shell, {})) ?? {
        problems: [],
      }
      expect(typeof message(problems)).toBe('string')
      if (problems.length === 0) expect(ENVIRONMENTS).toHaveProperty(settings?.ENVIRONMENT ?? '')
    }),
    how(1000),
  )
})

test('arguments for k6, outputs, tunnels, servers, collectors, files', { timeout: 300_000 }, () => {
  const flag = fc.oneof(
    oddText,
    fc.constantFrom('-u', '--vus', '-d', '--stage', '--out', '--tag', '-qu9', '-e'),
  )
  fc.assert(
    fc.property(fc.array(flag, { maxLength: 6 }), oddText, (args, text) => {
      inWords(() => furtherProblems(args, 'shop', ENVIRONMENTS.shop))
      expect(withValues(args, () => undefined)).toEqual(args)
      expect(flagsOf(withoutFlag(args, 'out')).filter(({ name }) => name === 'out')).toEqual([])
      inWords(() => outputsOf([text], args, {}))
      inWords(() => tunnelSpec(text))
      inWords(() => targetOf({ url: text, env: {} }))
      inWords(() => collectorOf(text, {}))
      inWords(() => sourceFile(tmpdir(), text))
      inWords(() => refuseOther(tmpdir(), text))
    }),
    how(1000),
  )
})

const CONFIG = {
  suites: ['suites/*.ts'],
  suite: 'a',
  environment: 'qa',
  environments: {
    qa: {
      target: 'https://qa.example.com',
      hosts: ['*.example.com'],
      profiles: ['smoke'],
      scale: 2,
      caps: { vus: 5, rate: 5, duration: '1m' },
      slos: { checks: ['rate>0.9'] },
    },
  },
  monitors: { a: { target: 'https://a.example.com', every: '5m', probes: ['Paris'], timeout: '30s' } },
  cloud: { project: 5, timeout: '20m' },
}

test('configs: what is accepted can be used', { timeout: 300_000 }, () => {
  fc.assert(
    fc.property(fc.oneof(mutated(CONFIG), mutated(CONFIG), oddValue), (config) => {
      const problems = configProblems(config)
      expect(message(problems)).not.toMatch(/TypeError/)
      if (problems.length > 0) return
      for (const name of Object.keys(environments(config as Config)))
        expect(readSettings({ ENVIRONMENT: name }, config as Config).environment?.caps.vus).toBeGreaterThan(0)
    }),
    how(1500),
  )
})

test('thresholds', { timeout: 300_000 }, () => {
  const key = fc.oneof(oddText, fc.constantFrom('http_req_duration', 'checks{a:b}', 'http_reqs'))
  const list = fc.oneof(
    oddValue,
    fc.array(fc.oneof(oddValue, oddText, fc.constant({ threshold: 'p(95)<5' }))),
  )
  fc.assert(
    fc.property(fc.oneof(oddValue, fc.dictionary(key, list)), (thresholds) => {
      expect(typeof message(inWords(() => thresholdProblems(thresholds, K6_METRICS)) ?? [])).toBe('string')
    }),
    how(1000),
  )
})

test('pools of CSV', { timeout: 300_000 }, () => {
  const cell = fc.oneof(oddText, fc.constantFrom('a', '"', ';', '\t', '""', 'ä'))
  const table = fc.array(fc.array(cell, { maxLength: 4 }), { maxLength: 5 })
  fc.assert(
    fc.property(
      table,
      fc.constantFrom(',', ';', '\t', '|'),
      fc.constantFrom('utf8', 'latin1', 'utf16le'),
      (rows, by, code) => {
        const bytes = Buffer.from(rows.map((row) => row.join(by)).join('\n'), code)
        for (const row of inWords(() => readCsv(bytes)) ?? [])
          for (const value of Object.values(row)) expect(typeof value).toBe('string')
      },
    ),
    how(1000),
  )
})

test('records: what is not damaged is shown', { timeout: 300_000 }, () => {
  const { record } = fakeReport()
  const plain = JSON.parse(JSON.stringify(record)) as unknown
  expect(damageOf(plain)).toBeUndefined()
  const file = mutated(plain).map((value) => JSON.parse(JSON.stringify(value)) as unknown)
  return fc.assert(
    fc.asyncProperty(fc.oneof(file, file, oddValue), async (value) => {
      const damage = damageOf(value)
      if (damage !== undefined) return
      const data = { record: value as typeof record }
      for (const show of [junitReport, markdownReport, htmlReport]) expect(await show(data)).not.toBe('')
      expect(textReport(data.record)).not.toMatch(/\[object /)
    }),
    how(1000),
  )
})

const SUITE = `
import { client, journey, settings, step, suite } from 'loadwright'
import { constantArrivalRate, constantVUs, perVUIterations, rampingVUs, sharedIterations, workload } from 'loadwright/scenarios'
const api = client(settings().BASE_URL)
const visit = journey('visit', () => step('open', () => api.get('/', { name: 'home' })))
const { name, thresholds, loads } = JSON.parse(__ENV.GIVEN)
const [a, b, c, d, e, f, g] = loads
const made = suite({
  name,
  thresholds,
  scenarios: {
    a: workload()(visit, a),
    b: workload()(visit, b),
    c: constantVUs(visit, c),
    d: perVUIterations(visit, d),
    e: constantArrivalRate(visit, e),
    f: sharedIterations(visit, f),
    g: rampingVUs(visit, g),
  },
})
export const { options, setup, teardown, handleSummary } = made
export default made
`
const GIVEN = {
  name: 'a',
  thresholds: { http_req_duration: ['p(95)<800'] },
  loads: [
    { rate: 5 },
    { vus: 2 },
    { vus: 2, duration: '5s' },
    { vus: 2, iterations: 3 },
    { rate: 3, duration: '5s' },
    { vus: 2, iterations: 3 },
    { stages: [{ target: 2, duration: '5s' }] },
  ],
}

let code = ''
beforeAll(async () => {
  const cache = join(packageRoot, 'node_modules', '.cache')
  await mkdir(cache, { recursive: true })
  const folder = await mkdtemp(join(cache, 'loadwright-fuzz-'))
  await writeFile(join(folder, 'suite.js'), SUITE)
  code = (await bundle(join(folder, 'suite.js'), {})).code
  await rm(folder, { recursive: true })
}, 60_000)

test('suites: what is accepted has no problem, what is not is refused in words', { timeout: 300_000 }, () => {
  const settings = fc.dictionary(fc.constantFrom(...names), oddText, { maxKeys: 2 })
  return fc.assert(
    fc.asyncProperty(mutated(GIVEN), settings, async (given, env) => {
      try {
        const evaluated = await evaluateFor(code, 'fuzz.ts', { ...env, GIVEN: JSON.stringify(given) })
        expect(message(suiteProblems(evaluated))).not.toMatch(/TypeError/)
      } catch (error) {
        if (!(error instanceof UserError)) throw error
        expect(error.message).not.toMatch(/\n\s+at /)
      }
    }),
    how(500),
  )
})
