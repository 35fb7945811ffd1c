import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { textsOf } from '../../cli/record/index.ts'
import type { Comparison } from '../../cli/verdict/index.ts'
import { countOf } from '../../cli/k6/summary.ts'
import { capture, cli, folder, project, projectOf, read, run, shop, type Run } from './harness.ts'

const SHORT = ['--duration', '3s']
const BAD = 'missing-products=OLJCESPC7Z,66VCHSJNUP'
const cwd = projectOf('quick.ts')

/** A journey's counts by k6 itself, from the sub-metrics that a suite asks for. */
const byK6 = ({ summary, record }: Run) =>
  record.journeys.map(({ name }) => ({
    name,
    started: countOf(summary(), `journeys_started{journey:${name}}`),
    completed: countOf(summary(), `journeys_completed{journey:${name}}`),
  }))

describe.concurrent('a run', () => {
  test('of the smoke profile passes, says so, and leaves a record', async () => {
    const { code, out, record } = await run(SHORT)
    expect({ code, state: record.state, verdict: record.verdict }).toEqual({
      code: 0,
      state: 'ended',
      verdict: 'pass',
    })
    expect(record).toMatchObject({
      schema: 2,
      suite: 'boutique',
      exitCode: 0,
      profile: 'smoke',
      environment: 'shop',
      faults: [],
      judgedPhases: ['steady'],
      failures: [],
      badRows: [],
      problems: [],
      instances: [{ exit: 0 }],
    })
    expect(record.bundle.sha256).toMatch(/^[0-9a-f]{64}$/)
    expect(Date.parse(record.endedAt ?? '')).toBeGreaterThan(Date.parse(record.startedAt))
    expect(out).toMatch(/^PASS {2}boutique · smoke · shop · http:\/\/127/m)
    expect(out).toMatch(/^checkout +\d+ {2}started\n {2}open home +\d+ +100 % +[\d.]+ ms/m)
    expect(out).toMatch(/^Results {2}\S+run\.json$/m)
    expect(out).toMatch(/^Next {5}see one fail: npx loadwright run .*--fault/m)
  })

  test('has the figures that k6 has', async () => {
    const finished = await run(['--profile', 'load', '--ramp-up', '1s', '--warm-up', '1s', ...SHORT], { cwd })
    const { record, summary } = finished
    expect(record.verdict).toBe('pass')
    expect(record.journeys.map(({ name, started, completed }) => ({ name, started, completed }))).toEqual(
      byK6(finished),
    )
    expect(record.totals).toMatchObject({
      iterations: countOf(summary(), 'iterations'),
      requests: countOf(summary(), 'http_reqs'),
      dropped: 0,
      failedChecks: 0,
    })
    for (const { started, completed, steps } of record.journeys) {
      expect(steps.map(({ name, completed }) => [name, completed])).toEqual([
        ['open', completed],
        ['look', completed],
      ])
      expect(completed).toBeLessThanOrEqual(started)
      for (const { measured, p50 = 0, p95 = 0 } of steps) {
        expect(measured).toBeGreaterThan(0)
        expect(p95).toBeGreaterThanOrEqual(p50)
      }
    }
    // A baseline of it holds the same figures.
    const baselines = folder()
    await cli(['baseline', 'set', 'one', '--run', finished.folder, '--baselines', baselines], { cwd })
    // As another run would have left them: no run is held against itself.
    const file = join(baselines, 'one.json')
    writeFileSync(file, readFileSync(file, 'utf8').replace(record.id, 'another'))
    const args = ['compare', 'one', finished.folder, '--baselines', baselines, '--format', 'json']
    const compared = await cli(args, { cwd })
    const { verdict, differences, rows } = JSON.parse(compared.out) as Comparison
    expect({ code: compared.code, verdict, differences }).toEqual({
      code: 0,
      verdict: 'cannot tell',
      differences: [],
    })
    for (const { name, steps } of record.journeys)
      for (const step of steps)
        expect(
          rows.find((row) => row.journey === name && row.step === step.name && row.quantity === 'p95'),
        ).toMatchObject({ samples: step.measured, base: step.p95, candidate: step.p95, change: 0 })
  })

  test('fails on a slow step, and names the threshold', async () => {
    const { code, out, record } = await run([...SHORT, '--fault', 'latency=/cart/checkout:4000'])
    expect({ code, verdict: record.verdict, k6: record.instances[0]?.exit }).toEqual({
      code: 99,
      verdict: 'fail',
      k6: 99,
    })
    const [first] = record.reasons
    expect(first?.code).toBe('threshold-crossed')
    expect(first?.text).toMatch(
      /^http_req_duration\{journey:checkout,phase:steady\}: p\(95\)<800 was crossed \(\d+/,
    )
    expect(out).toContain(first?.text)
  })

  test('fails on a share of errors, and says where they were', async () => {
    const { code, out, record } = await run([...SHORT, '--fault', 'errors=/cart:0.5'], { cwd })
    expect({ code, verdict: record.verdict }).toEqual({ code: 99, verdict: 'fail' })
    expect(textsOf(record.reasons)).toContainEqual(
      expect.stringMatching(/^http_req_failed\{phase:steady\}: rate<0\.01 was crossed/),
    )
    expect(record.failedRequests).toMatchObject([{ name: 'look', status: '500' }])
    expect(record.failures).toContainEqual(
      expect.objectContaining({
        journey: 'often',
        step: 'look',
        kind: 'request',
        what: 'look',
        status: 500,
        consequences: [expect.objectContaining({ kind: 'check', what: 'cart is up' })],
      }),
    )
    expect(out).toMatch(/often › look: request look answered status 500/)
  })

  test('takes out what would replace its scenarios, and says so', async () => {
    const env = { K6_VUS: '7', K6_ITERATIONS: '9', K6_DURATION: '1s', K6_STAGES: '1s:1' }
    const { code, err, record } = await run(SHORT, { cwd, env })
    expect(err).toMatch(/^left out of k6's environment.*: K6_VUS, K6_ITERATIONS, K6_DURATION, K6_STAGES$/m)
    expect(code).toBe(0)
    expect(record.journeys.map(({ name }) => name)).toEqual(['often', 'seldom'])
    expect(record.judgedPhases).toEqual(['steady'])
  })

  test('takes out what would leave its verdict without figures, and says so', async () => {
    const env = {
      K6_NO_THRESHOLDS: 'true',
      K6_SUMMARY_TREND_STATS: 'avg',
      K6_SYSTEM_TAGS: 'url',
      K6_NEW_MACHINE_READABLE_SUMMARY: 'true',
    }
    const { code, err, record } = await run([...SHORT, '--fault', 'latency=/cart:2500'], { cwd, env })
    expect(err).toMatch(/^left out of k6's environment, because they would take away.*: K6_NO_THRESHOLDS, /m)
    expect({ code, verdict: record.verdict }).toEqual({ code: 99, verdict: 'fail' })
    expect(record.thresholds.map(({ result }) => result)).not.toContain('no samples')
  })

  test('does not collide with another one in the same folder', async () => {
    const results = folder()
    const two = [1, 2].map(() => cli(['run', ...SHORT, '--results', results], { cwd }))
    expect((await Promise.all(two)).map(({ code }) => code)).toEqual([0, 0])
    const ids = readdirSync(results)
    expect(ids).toHaveLength(2)
    for (const id of ids) {
      const { record, summary } = read(join(results, id))
      expect(record).toMatchObject({ id, state: 'ended', verdict: 'pass' })
      expect(record.totals.iterations).toBe(countOf(summary(), 'iterations'))
    }
  })

  test('never shows a secret, of the shell or its own', async () => {
    const env = { K6_CLOUD_TOKEN: 'c10ud-5ecret', TOKEN: 't0ken-5ecret', DB_PASSWORD: 'pa55-5ecret' }
    const given = ['--env', 'API_TOKEN=g1ven-5ecret']
    const finished = await run([...SHORT, ...given], { cwd, env })
    const dry = await cli(['run', '--dry-run', ...given], { cwd, env })
    expect([finished.code, dry.code]).toEqual([0, 0])
    const files = readdirSync(finished.folder).map((name) =>
      readFileSync(join(finished.folder, name), 'utf8'),
    )
    expect([finished.out, finished.err, dry.out, dry.err, ...files].join('\n')).not.toContain('5ecret')
  })
})

/** A suite of one page: what it needs of `__ENV`, what its `setup` returns, what its journey does. */
const small = (name: string, { init = '', setup = '({})', does = '' } = {}): string => `
import { client, ensure, journey, settings, status, step, suite } from 'loadwright'
import { workload } from 'loadwright/scenarios'
${init}
const api = client(settings().BASE_URL)
const visit = journey('visit', () => {
  step('open', () => ensure(api.get('/', { name: 'open' }), { 'page is up': status(200) }))
  ${does}
})
const made = suite({ name: '${name}', setup: () => ${setup}, scenarios: { all: workload()(visit, { vus: 1 }) } })
export const { options, setup, teardown, handleSummary } = made
export default made
`

describe.concurrent('what setup returns', () => {
  const place = project({
    'suites/login.ts': small('login', { setup: `({ token: 't0ken-5ecret' })` }),
  })

  test.each([[[...SHORT]], [[...SHORT, '--fault', 'errors=/:1']]])(
    'lies in no file of a run with %j, which only its owner can read',
    async (args) => {
      const { folder, record, summary } = await run(args, { cwd: place })
      expect(record.totals.iterations).toBeGreaterThan(0)
      expect(countOf(summary(), 'iterations')).toBe(record.totals.iterations)
      expect(statSync(folder).mode & 0o777).toBe(0o700)
      for (const name of readdirSync(folder))
        expect(readFileSync(join(folder, name), 'utf8'), name).not.toContain('5ecret')
    },
  )
})

describe.concurrent('a script', () => {
  test('finds the shell’s and its author’s own variables while it is planned and while it runs', async () => {
    const init = `if (__ENV.REGION !== 'eu' || __ENV.TENANT !== 'a=b') throw new Error('no region, no tenant')`
    const cwd = project({ 'suites/regional.ts': small('regional', { init }) })
    const env = { REGION: 'eu' }
    const { code, record } = await run([...SHORT, '-e', 'TENANT=a=b'], { cwd, env })
    expect({ code, verdict: record.verdict }).toEqual({ code: 0, verdict: 'pass' })
    expect(record.instances[0]?.k6.command).toContain('TENANT=***')
    expect(await cli(['list'], { cwd, env: { ...env, TENANT: 'a=b' } })).toMatchObject({ code: 0 })
  })

  test('makes a single pass after --, which passes if nothing failed in it', async () => {
    const { code, record } = await run(['--', '-i1'], { cwd })
    expect({ code, reasons: textsOf(record.reasons) }).toEqual({
      code: 0,
      reasons: ['the single pass failed nothing'],
    })
    expect(record.totals.iterations).toBe(1)
    const failed = await run(['--fault', 'errors=/cart:1', '--', '--iterations', '1'], { cwd })
    expect({
      code: failed.code,
      verdict: failed.record.verdict,
      k6: failed.record.instances[0]?.exit,
    }).toEqual({
      code: 99,
      verdict: 'fail',
      k6: 110,
    })
  })
})

describe.concurrent('bad rows', () => {
  test('make a run invalid before load starts, by name', async () => {
    const { code, out, record } = await run(['--fault', BAD])
    expect({ code, verdict: record.verdict, k6: record.instances[0]?.exit }).toEqual({
      code: 96,
      verdict: 'invalid',
      k6: 108,
    })
    expect(record.reasons[0]?.text).toContain('2 of 9 rows of boutique/products')
    expect(out).toMatch(/OLJCESPC7Z, 66VCHSJNUP/)
    expect(out).toMatch(/^Next {5}correct the rows, or leave them out: .*--check-rows quarantine$/m)
    expect(record.totals.iterations).toBe(0)
  })

  test('are named however the shell wants k6 to write', async () => {
    const env = { K6_LOG_FORMAT: 'json', K6_LOG_OUTPUT: 'none', K6_SUMMARY_MODE: 'disabled' }
    const { code, record } = await run(['--fault', BAD], { env })
    expect(code).toBe(96)
    expect(record.badRows).toMatchObject([{ bad: ['OLJCESPC7Z', '66VCHSJNUP'] }])
  })

  test('are left out in quarantine: no VU asks for them', async () => {
    const { url, seen } = await capture(await shop(BAD))
    const { code, out, record } = await run([...SHORT, '--check-rows', 'quarantine', '--base-url', url])
    expect({ code, verdict: record.verdict }).toEqual({ code: 0, verdict: 'pass' })
    expect(record.badRows).toMatchObject([{ bad: ['OLJCESPC7Z', '66VCHSJNUP'], of: 9, action: 'quarantine' }])
    expect(out).toContain('2 of 9 rows of boutique/products were left out: OLJCESPC7Z, 66VCHSJNUP')
    const asked = seen.filter(({ path }) => /OLJCESPC7Z|66VCHSJNUP/.test(path))
    expect(asked).toHaveLength(2)
  })

  test('are named by the failures where nobody checks', async () => {
    const { code, record } = await run([
      ...['--duration', '6s', '--seed', '3', '--check-rows', 'off'],
      ...['--fault', 'missing-products=OLJCESPC7Z,66VCHSJNUP,1YMWWN1N4O,L9ECAV7KIM,2ZYFJ3GM2N,0PUK6V6EV0'],
    ])
    expect({ code, verdict: record.verdict, badRows: record.badRows }).toEqual({
      code: 99,
      verdict: 'fail',
      badRows: [],
    })
    const rows = record.failures.flatMap((cause) => cause.rows)
    expect(rows).toContainEqual(expect.stringMatching(/^boutique\/products=(OLJ|66V|1YM|L9E|2ZY|0PU)/))
  })
})
