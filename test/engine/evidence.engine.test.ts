import { createServer } from 'node:http'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { textsOf } from '../../cli/record/index.ts'
import { listen, project, read, run } from './harness.ts'

/** A target that answers 200 with a JSON that lacks what is asked of it. */
const server = createServer((_, response) => {
  response.setHeader('content-type', 'application/json').end('{"known":1}')
})
let target = ''
beforeAll(async () => {
  target = await listen(server)
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const BROKEN = `import { client, journey, settings, step, suite } from 'loadwright'
import { perVUIterations } from 'loadwright/scenarios'
const api = client(settings().BASE_URL)
const bad = journey('bad', () => {
  step('price', () => {
    const answer = api.get('/json', { name: 'json' })
    const first = (answer.json('absent') as string[])[0]
    api.get('/items/' + first, { name: 'item' })
  })
})
const made = suite({ name: 'broken', scenarios: { a: perVUIterations(bad, { vus: 1, iterations: 3 }) } })
export const { options, setup, teardown, handleSummary } = made
export default made
`

/** Nothing that this script's thresholds ask for is ever measured, and nobody awaits what it throws. */
const EMPTY = `import http from 'k6/http'
import secrets from 'k6/secrets'
import { check } from 'k6'
import { Gauge } from 'k6/metrics'
new Gauge('queue_depth')
export const options = {
  iterations: 3,
  thresholds: {
    checks: ['rate>=0.9'],
    queue_depth: ['value<5'],
    'http_req_duration{name:nobody}': ['p(95)<1000'],
    http_req_failed: ['rate<0.01'],
    http_req_duration: ['p(99.5)<60000', 'p(50)<60000'],
  },
}
const later = async () => { undefinedFunction() }
export default async function () {
  const answer = http.get(__ENV.BASE_URL)
  console.log('the secret is ' + (await secrets.get('pw')))
  later()
}
export const never = (answer) => check(answer, { ok: () => true })
`

const HANG = `import http from 'k6/http'
import { check, sleep } from 'k6'
export const options = {
  systemTags: ['status', 'method', 'name', 'scenario'],
  scenarios: { a: { executor: 'constant-vus', vus: 2, duration: '2s', gracefulStop: '2s' } },
}
export default function () {
  check(http.get(__ENV.BASE_URL), { up: (answer) => answer.status === 200 })
  sleep(__VU === 2 ? 60 : 0.2)
}
`

const ABORT = `import http from 'k6/http'
import exec from 'k6/execution'
export const options = { iterations: 9, thresholds: { http_req_failed: ['rate<0.01'] } }
export default function () {
  http.get(__ENV.BASE_URL)
  exec.test.abort('token service is down')
}
`

const EARLY = `import http from 'k6/http'
export const options = {
  scenarios: { a: { executor: 'per-vu-iterations', vus: 1, iterations: 2, maxDuration: '20s' } },
  thresholds: { http_req_duration: [{ threshold: 'max<0', abortOnFail: true }] },
}
export default function () { while (true) http.get(__ENV.BASE_URL) }
`

const REPORTS = ['run.json', 'report.md', 'report.html', 'junit.xml']

describe.concurrent('a verdict', () => {
  const at = (file: string, text: string, ...more: string[]) =>
    run([file, '--base-url', target, '--environment', 'shop', '--no-open', ...more], {
      cwd: project({ [file]: text, 'loadwright.config.ts': 'export default { suites: ["*.ts"] }' }),
    })

  test('of a suite with an error is invalid, and names the step and the author’s line everywhere', async () => {
    const { code, out, err, record, folder } = await at('broken.ts', BROKEN)
    expect(code).toBe(96)
    expect(record.exceptions).toEqual([
      expect.objectContaining({
        count: 2,
        iterations: 2,
        journey: 'bad',
        step: 'price',
        request: 'json',
        bug: true,
        source: { file: 'broken.ts', line: 7, column: expect.any(Number) as number },
      }),
    ])
    expect(out + err).toMatch(/TypeError.*broken\.ts:7.*price/)
    for (const name of REPORTS) expect(readFileSync(join(folder, name), 'utf8')).toContain('TypeError')
    expect(readdirSync(folder)).not.toContain('bundle.js.map')
  })

  test('of thresholds without samples is invalid, whoever held; what nobody awaited is told, and no secret is', async () => {
    const { code, out, err, record, folder } = await at(
      'empty.js',
      EMPTY,
      '--',
      '--secret-source=mock=pw=hunter2',
    )
    expect(code).toBe(96)
    const silent = record.thresholds.filter(({ result }) => result === 'no samples')
    expect(silent.map(({ metric }) => metric)).toEqual([
      'checks',
      'http_req_duration{name:nobody}',
      'queue_depth',
    ])
    expect(textsOf(record.reasons).join('\n')).toMatch(/ReferenceError: undefinedFunction.*empty\.js:16/)
    expect(textsOf(record.reasons).join('\n')).toContain('no samples for checks rate>=0.9')
    const quantiles = record.thresholds.filter(({ threshold }) => threshold.startsWith('p('))
    expect(quantiles.filter(({ metric }) => metric === 'http_req_duration')).toEqual([
      expect.objectContaining({ threshold: 'p(50)<60000', value: expect.any(Number) as number }),
      expect.objectContaining({ threshold: 'p(99.5)<60000', value: expect.any(Number) as number }),
    ])
    // While it ran, and in the verdict.
    expect((out + err).split('undefinedFunction is not defined').length).toBeGreaterThan(2)
    expect(readFileSync(join(folder, 'k6.log'), 'utf8')).toContain('the secret is ***')
    for (const name of readdirSync(folder))
      expect(readFileSync(join(folder, name), 'latin1')).not.toContain('hunter2')
    expect(out + err).not.toContain('hunter2')
  })

  test('of iterations that k6 had to interrupt is no pass; checks count without their system tag', async () => {
    const { code, record } = await at('hang.js', HANG)
    expect(code).toBe(96)
    expect(textsOf(record.reasons)).toEqual([
      expect.stringMatching(/^\d+ started, 1 interrupted: they had not ended/),
    ])
    expect(record.totals).toMatchObject({ interrupted: 1, failedChecks: 0 })
    expect(record.totals.checks).toBeGreaterThan(1)
  })

  test('of an abort has its own text', async () => {
    const { code, record, folder } = await at('abort.js', ABORT)
    expect(code).toBe(96)
    expect(record.reasons[0]?.text).toBe('the run was aborted: token service is down (abort.js:6)')
    for (const name of REPORTS)
      expect(readFileSync(join(folder, name), 'utf8')).toContain('token service is down')
    expect(read(folder).record).toEqual(record)
  })

  test('of a threshold that ended the run before an iteration had ended is a failure', async () => {
    const { code, record } = await at('early.js', EARLY)
    expect({ code, iterations: record.totals.iterations }).toEqual({ code: 99, iterations: 0 })
    expect(textsOf(record.reasons)).toEqual([expect.stringMatching(/^http_req_duration: max<0 was crossed/)])
  })
})
