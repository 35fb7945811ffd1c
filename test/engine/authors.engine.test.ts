import { once } from 'node:events'
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { RunRecord } from '../../cli/record/runRecord.ts'
import { cli, k6, project, shop, STACK, startCli } from './harness.ts'

const QUICK = ['--ramp-up', '1s', '--duration', '2s']

/** A project as `loadwright init --yes` makes it. */
async function fresh(files: Readonly<Record<string, string>> = {}): Promise<string> {
  const cwd = project(files)
  const { code, out, err } = await cli(['init', '--yes'], { cwd })
  expect([code, err]).toEqual([0, ''])
  expect(out).toContain('npx loadwright run')
  return cwd
}

/** Changes a file of a project; returns what changes it back. */
function change(cwd: string, name: string, from: RegExp, to: string): void {
  const file = join(cwd, name)
  writeFileSync(file, readFileSync(file, 'utf8').replace(from, to))
}

const recordIn = (cwd: string): RunRecord => {
  const [id = ''] = readdirSync(join(cwd, 'results'))
  return JSON.parse(readFileSync(join(cwd, 'results', id, 'run.json'), 'utf8')) as RunRecord
}

describe.concurrent('init', () => {
  test.each(['{"type":"module"}', '{"type":"commonjs"}'])('what it writes beside %s runs', async (text) => {
    const cwd = await fresh({ 'package.json': text })
    const { code, out } = await cli(['run', ...QUICK], { cwd })
    expect([code, out]).toEqual([0, expect.stringContaining('PASS')])
    expect(recordIn(cwd)).toMatchObject({ verdict: 'pass', suite: 'first', embedded: true })
    const again = await cli(['init', '--yes'], { cwd })
    expect(again.out).toContain('suites/first.ts: it is there already')
  })

  test('with a target, the target is what runs', async () => {
    const target = await shop()
    const cwd = project({})
    await cli(['init', '--target', target], { cwd })
    const { code } = await cli(['run', ...QUICK], { cwd })
    expect(code).toBe(0)
    expect(recordIn(cwd)).toMatchObject({ verdict: 'pass', target, embedded: false })
  })
})

describe.concurrent('dev', () => {
  test('--once shows journeys, steps, requests and checks, and ends as they did', async () => {
    const cwd = await fresh()
    const good = await cli(['dev', '--once'], { cwd })
    expect([good.code, good.err]).toEqual([0, ''])
    expect(good.out).toMatch(
      /✓ visit [^]*✓ open home [^]*→ GET home 200 \d+ ms[^]*✓ home answers[^]*PASS {2}2 journeys/,
    )
    const bad = await cli(['dev', 'visit', '--once', '--http', '--fault', 'errors=/product:1'], { cwd })
    expect(bad.code).toBe(99)
    expect(bad.out).toMatch(
      /< Set-Cookie: \*\*\*[^]*✗ GET product 500 [^]*> GET \/product\/OLJCESPC7Z HTTP\/1.1/i,
    )
    expect(bad.out).toMatch(/✗ product is shown\s+expected status 200\s+got +status 500/)
  })

  test('a saved change is shown at once, with the line of the author’s own source', async () => {
    const cwd = await fresh()
    const running = startCli(['dev'], { cwd })
    await running.said(/PASS/)
    change(cwd, 'suites/first.ts', /status\(200\)/, 'status(418)')
    await running.said(
      /expected status 418\s+got +status 200\s+body +of GET home: .*Hot Products[^]*line +suites\/first\.ts:11:19/,
    )
    change(cwd, 'suites/first.ts', /status\(418\)/, 'status(200')
    await running.said(/suites\/first\.ts:11:\d+: Expected/)
    change(cwd, 'suites/first.ts', /status\(200'/, "status(200), 'within")
    running.signal('SIGINT', 'group')
    const { code, out, err } = await running.ended
    expect(code).toBe(105)
    expect(out + err).not.toMatch(STACK)
  })
})

const PLAIN = (options: string, ok: number) => `import http from 'k6/http'
import { check, sleep } from 'k6'
export const options = { vus: 2, duration: '1s', ${options} }
export default function () { check(http.get(__ENV.BASE_URL + '/'), { up: (r) => r.status === ${ok} }); sleep(0.2) }
`

const ON_THE_SHOP = `export default { environment: 'shop' }`

describe.concurrent('a plain k6 script', () => {
  test.each([
    [
      'thresholds that hold',
      `thresholds: { http_req_failed: ['rate<0.01'] }`,
      200,
      0,
      'pass',
      '1 threshold held',
    ],
    [
      'a threshold that does not',
      `thresholds: { checks: ['rate>0.9'] }`,
      418,
      99,
      'fail',
      'checks: rate>0.9 was crossed',
    ],
    ['checks alone that hold', '', 200, 0, 'pass', 'checks held'],
    ['checks alone that fail', '', 418, 99, 'fail', 'checks failed'],
  ] as const)('with %s has a verdict and a record', async (_, options, ok, code, verdict, reason) => {
    const cwd = project({ 'plain.js': PLAIN(options, ok), 'loadwright.config.ts': ON_THE_SHOP })
    const ended = await cli(['run', 'plain.js'], { cwd })
    expect([ended.code, ended.out]).toEqual([code, expect.stringContaining(reason)])
    const record = recordIn(cwd)
    expect(record).toMatchObject({
      verdict,
      script: 'plain.js',
      profile: 'script',
      journeys: [],
      embedded: true,
    })
    expect(record.totals.requests).toBeGreaterThan(4)
    expect(record.checks).toEqual([expect.objectContaining({ name: 'up' })])
  })

  test('loads its own target, also in a project whose environment is the shop; the verdict names it', async () => {
    let hits = 0
    const server = createServer((_, answer) => answer.end(`${++hits}`)).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const own = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const text = `import http from 'k6/http'
import { check } from 'k6'
// BASE_URL says where
export const options = { iterations: 3 }
export default () => check(http.get((__ENV.BASE_URL || '${own}') + '/'), { up: (r) => r.status === 200 })`
    const cwd = project({
      'own.js': text,
      'named.js': text.replace("+ '/')", "+ '/', { tags: { name: 'home' } })"),
      'comment.js': text.replace('__ENV.BASE_URL || ', ''),
      'loadwright.config.ts': ON_THE_SHOP,
    })
    const runs = await Promise.all([
      cli(['run', 'own.js'], { cwd }),
      cli(['run', 'named.js'], { cwd }),
      cli(['run', 'comment.js', '--base-url', 'http://127.0.0.1:9'], { cwd }),
    ])
    server.close()
    for (const { code, out } of runs) {
      expect([code, out]).toEqual([0, expect.stringMatching(/^PASS .*$/m)])
      expect(/^PASS .*$/m.exec(out)?.[0]).toMatch(new RegExp(`· ${own}$`))
    }
    expect(hits).toBe(9)
    expect(recordIn(cwd)).toMatchObject({ hosts: [own], embedded: false })
  })

  test('that cannot do without a target is refused where nobody gives one', async () => {
    const { code, err } = await cli(['run', 'plain.js'], { cwd: project({ 'plain.js': PLAIN('', 200) }) })
    expect([code, err]).toEqual([104, expect.stringMatching(/plain\.js reads __ENV\.BASE_URL.*--base-url/)])
  })

  test('in TypeScript, with a package and a file beside it', async () => {
    const cwd = project({
      'tests/a.ts': `import { check } from 'k6'\nimport { journey, step } from 'loadwright'\nimport { wanted } from './wanted'\nconst text: string = open('./text.txt')\nexport default journey('read', () => step('look', () => check(text, { same: (t) => t.trim() === wanted })))`,
      'tests/wanted.ts': `export const wanted: string = 'hello'`,
      'tests/text.txt': 'hello\n',
    })
    const { code, out } = await cli(['run', 'tests/a.ts'], { cwd })
    expect([code, out]).toEqual([0, expect.stringContaining('1 check held')])
    expect(recordIn(cwd).journeys).toMatchObject([{ name: 'read', started: 1 }])
  })
})

test('doctor says what is there, and what to type', async () => {
  const cwd = await fresh()
  const { code, out } = await cli(['doctor'], { cwd })
  expect([code, out]).toEqual([
    0,
    expect.stringMatching(/✓ k6 +v\d[^]*✓ project +1 suite[^]*K6_CLOUD_TOKEN is not set/),
  ])
  const json = await cli(['doctor', '--json', '--base-url', 'http://127.0.0.1:9'], { cwd })
  expect(json.code).toBe(104)
  expect(JSON.parse(json.out)).toMatchObject({ ok: false })
})

test('a readable bundle runs on k6 alone, and says where its parts come from', async () => {
  const cwd = await fresh()
  const built = await cli(['build', '--readable', '--outdir', 'plain', '--json'], { cwd })
  const [{ path }] = JSON.parse(built.out) as [{ path: string }]
  const text = readFileSync(join(cwd, path), 'utf8')
  expect(text).toMatch(
    /^\/\/ suites\/first\.ts and everything[^]*\n\/\/ loadwright: lib\/step\.[jt]s\n[^]*\n\/\/ suites\/first\.ts\n/,
  )
  const { code } = await k6(['run', '-i', '1', '-e', `BASE_URL=${await shop()}`, join(cwd, path)])
  expect(code).toBe(0)
})
