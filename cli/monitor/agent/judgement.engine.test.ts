import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { observe, type Observation } from './observe.ts'

const NOBODY = 'http://127.0.0.1:1'

const root = mkdtempSync(join(tmpdir(), 'loadwright-judgement-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** Executes a plain script as the agent does. */
const execute = (
  code: string,
  timeout = 5000,
  secrets?: Readonly<Record<string, string>>,
): Promise<Observation> =>
  observe({
    engine: { path: process.env.K6_BIN ?? 'k6', version: '', source: 'K6_BIN', notes: [] },
    code,
    timeout,
    ...(secrets && { secrets }),
    folder: mkdtempSync(join(root, 'run-')),
    signal: new AbortController().signal,
  })

const main = (body: string, before = ''): string => `${before}\nexport default function () { ${body} }\n`
const EXEC = `import exec from 'k6/execution'`
const K6 = `import { check, fail, sleep } from 'k6'`

interface Row {
  up: boolean
  exitCode?: number
  errorCode?: string
  why?: RegExp
  /** Whether metrics are published. */
  data?: boolean
}

test('a script reads the secrets that a check is given, and its log hides them', async () => {
  const code = `import secrets from 'k6/secrets'
export default async function () { console.warn('token ' + (await secrets.get('API_TOKEN'))) }`
  const seen = await execute(code, 5000, { API_TOKEN: 'hunter2-hunter2' })
  expect([seen.up, JSON.stringify(seen.logs).includes('token')]).toEqual([true, true])
  expect(JSON.stringify(seen)).not.toContain('hunter2')
  expect((await execute(code)).up).toBe(false)
})

// The table of what a script does, and what becomes of it.
describe.concurrent('the agent’s judgement', () => {
  test.each<[string, string, Row]>([
    ['nothing special', main(''), { up: true }],
    ['a check that fails', main(`check(null, { never: () => false })`, K6), { up: true }],
    [
      'a threshold that is crossed',
      `export const options = { thresholds: { iterations: ['count<1'] } }\n${main('')}`,
      { up: true },
    ],
    [
      'throw',
      main(`throw new Error('thrown')`),
      { up: false, errorCode: 'aborted', why: /^the script threw: Error: thrown$/ },
    ],
    [
      'fail()',
      main(`fail('on purpose')`, K6),
      { up: false, errorCode: 'aborted', why: /^the script threw: .*on purpose$/ },
    ],
    [
      'a network error, under --throw',
      main(`http.get('${NOBODY}')`, `import http from 'k6/http'`),
      { up: false, errorCode: 'aborted', why: /^the script threw: .*connection refused$/ },
    ],
    [
      'a network error that is asked not to throw',
      main(`http.get('${NOBODY}', { throw: false })`, `import http from 'k6/http'`),
      { up: true },
    ],
    [
      'a blocked address',
      main(`http.get('http://10.1.2.3')`, `import http from 'k6/http'`),
      { up: false, errorCode: 'aborted', why: /blacklisted range \(10\.0\.0\.0\/8\)/ },
    ],
    [
      'an async throw',
      `export default async function () { await null; throw new Error('later') }`,
      { up: false, errorCode: 'failed', why: /^a promise was rejected and not caught: Error: later$/ },
    ],
    [
      'a rejection that nobody handles',
      main(`Promise.reject(new Error('forgotten'))`),
      { up: false, errorCode: 'failed', why: /forgotten$/ },
    ],
    [
      'exec.test.fail()',
      main(`exec.test.fail('2 checks failed: a; b')`, EXEC),
      { up: false, exitCode: 110, errorCode: 'aborted', why: /failed the run: 2 checks failed: a; b$/ },
    ],
    [
      'exec.test.fail() in setup',
      main('', `${EXEC}\nexport function setup() { exec.test.fail('in setup') }`),
      { up: false, exitCode: 110, errorCode: 'aborted', why: /failed the run: in setup$/ },
    ],
    [
      'exec.test.abort()',
      main(`exec.test.abort('stop')`, EXEC),
      { up: false, exitCode: 108, errorCode: 'aborted', why: /aborted the run: stop$/ },
    ],
    [
      'a throw in setup',
      main('', `export function setup() { throw new Error('first') }`),
      { up: false, exitCode: 107, errorCode: 'aborted', why: /Error: first$/ },
    ],
    [
      'a throw in teardown',
      main('', `export function teardown() { throw new Error('last') }`),
      { up: false, exitCode: 107, errorCode: 'aborted', why: /Error: last$/ },
    ],
    [
      'a throw at init',
      main('', `throw new Error('at init')`),
      { up: false, exitCode: 107, errorCode: 'aborted', why: /Error: at init$/, data: false },
    ],
    [
      'a file that is not there',
      main('', `open('./data.json')`),
      { up: false, exitCode: 107, errorCode: 'aborted', why: /data\.json: no such file/, data: false },
    ],
    [
      'TypeScript',
      main('const n: number = 1'),
      { up: false, exitCode: 107, errorCode: 'aborted', why: /Unexpected token/, data: false },
    ],
    [
      'an extension',
      main('', `import sql from 'k6/x/sql'`),
      { up: false, exitCode: 107, errorCode: 'aborted', why: /k6\/x\/sql/, data: false },
    ],
    [
      'no default export',
      `export function browse() {}`,
      { up: false, exitCode: 104, errorCode: 'aborted', why: /function 'default' not found/, data: false },
    ],
    [
      'options that are wrong',
      `export const options = { scenarios: { a: { executor: 'none' } } }\n${main('')}`,
      { up: false, exitCode: 104, errorCode: 'aborted', why: /unknown executor type/, data: false },
    ],
    [
      'nothing exported',
      `const nothing = 1`,
      { up: false, exitCode: 255, why: /no exported functions/, data: false },
    ],
    ['console.error', main(`console.error('just a line')`), { up: true }],
    [
      'console.error of what looks like a rejection',
      main(`console.error('Uncaught (in promise) imitated')`),
      { up: false, errorCode: 'failed', why: /imitated/ },
    ],
    // What the agent's readers of log and metrics cannot read costs the metrics.
    [
      'a colour on the console',
      main(String.raw`console.log('\u001b[31mred')`),
      { up: false, why: /the escape \\x1b/, data: false },
    ],
    [
      'a line of 70 KB',
      main(`console.log('y'.repeat(70000))`),
      { up: false, why: /more than 65535 bytes/, data: false },
    ],
    [
      'a tag with two underscores',
      main(`own.add(1, { __a: 1 })`, `import { Counter } from 'k6/metrics'\nconst own = new Counter('own')`),
      { up: false, why: /tag "__a"/, data: false },
    ],
    [
      'a tag that breaks the line of a check',
      main(`check(null, { holds: true }, { 'q"': 'x' })`, K6),
      { up: false, why: /the log, .*unexpected "/, data: false },
    ],
  ])('%s', async (_, code, { up, exitCode = 0, errorCode, why, data = true }) => {
    const seen = await execute(code)
    expect(seen).toMatchObject({
      up,
      exitCode,
      killed: false,
      dropped: false,
      ...(errorCode && { errorCode }),
    })
    expect(seen.errorCode).toBe(errorCode)
    expect(seen.reasons).toEqual(why ? [expect.stringMatching(why)] : [])
    expect(seen.series.length > 0).toBe(data)
  })

  test('a script that is killed at the timeout leaves its log and no metrics', async () => {
    // k6 2.1 writes its log in blocks of 4 KB: what the script says afterwards fills the one with its first word.
    const seen = await execute(
      main(`console.log('begun'); console.log('x'.repeat(9000)); sleep(60)`, K6),
      3000,
    )
    expect(seen).toMatchObject({ up: false, killed: true, errorCode: 'timeout', series: [], metricsBytes: 0 })
    expect(seen.reasons).toEqual(['k6 was killed at the timeout of 3s, before it wrote any metrics'])
    expect(seen.took).toBeGreaterThanOrEqual(3)
    expect(seen.took).toBeLessThan(6)
    expect(seen.logs.map(({ msg }) => msg)).toContain('begun')
  })

  test('fail() after 352 KB of console output is not seen, which is a warning', async () => {
    const seen = await execute(
      main(`for (let i = 0; i < 352; i++) console.log('x'.repeat(1000)); fail('late')`, K6),
    )
    expect(seen).toMatchObject({ up: true, exitCode: 0, reasons: [] })
    expect(seen.warnings).toEqual([
      expect.stringMatching(/^the log has 3\d\d\.\d KiB, the agent reads 255\.0 KiB/),
    ])
    expect(seen.logs.at(-1)).toEqual({ level: 'error', msg: 'Log output truncated at 261120 bytes' })
  })

  test.each(['success', 'duration_seconds'])('a metric named %s drops the whole execution', async (name) => {
    const seen = await execute(
      main('own.add(1)', `import { Trend } from 'k6/metrics'\nconst own = new Trend('${name}')`),
    )
    expect(seen).toMatchObject({ up: true, dropped: true, exitCode: 0, series: [] })
    expect(seen.reasons).toEqual([expect.stringContaining(`metric ${name} becomes probe_${name}`)])
  })

  test('more than 100 KiB of metrics are cut, which is a warning', async () => {
    const seen = await execute(
      main(
        `for (let i = 0; i < 1500; i++) own.add(1, { index: 'number-' + i, filler: 'f'.repeat(40) })`,
        `import { Counter } from 'k6/metrics'\nconst own = new Counter('own')`,
      ),
    )
    expect(seen.up).toBe(true)
    expect(seen.metricsBytes).toBeGreaterThan(150_000)
    expect(seen.series.length).toBeGreaterThan(900)
    expect(seen.series.length).toBeLessThan(1000)
    expect(seen.warnings).toEqual([
      expect.stringMatching(/^\d+ of 1504 series are cut off, and chance decides which/),
    ])
  })

  test('the script’s duration is published as its own', async () => {
    const { duration, series, took } = await execute(main('sleep(1)', K6))
    const published = series.find(({ name }) => name === 'probe_script_duration_seconds')
    expect(published).toEqual({
      name: 'probe_script_duration_seconds',
      labels: {},
      value: expect.closeTo(duration, 2) as number,
    })
    expect(duration).toBeGreaterThanOrEqual(1)
    expect(duration).toBeLessThanOrEqual(took)
  })
})
