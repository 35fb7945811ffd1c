import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { agentArguments, agentEnvironment } from '../../cli/monitor/agent/command.ts'
import { cli, fixture, folder, k6, listen, project, root, shop, STACK, startCli } from './harness.ts'
import { monitorTest, type Printed } from './monitorTest.ts'

const NOBODY = 'http://127.0.0.1:1'

const main = (body: string, before = ''): string => `${before}\nexport default function () { ${body} }\n`

describe.concurrent('loadwright monitor test', () => {
  test('a healthy shop is up', async () => {
    const url = await shop()
    const { code, seen } = await monitorTest(['boutique', '--base-url', url, '--series'])
    expect({ code, up: seen.up, reasons: seen.reasons }).toEqual({ code: 0, up: true, reasons: [] })
    expect(seen.series).toBeGreaterThan(100)
    expect(seen.metricsBytes).toBeLessThan(100 * 1024)
    expect(seen.duration).toBeGreaterThan(0)
    expect(seen).toMatchObject({
      exitCode: 0,
      killed: false,
      dropped: false,
      timeout: 15,
      target: url,
      warnings: [],
    })
    expect(seen.baked).toEqual(
      expect.arrayContaining([`BASE_URL=${url}`, expect.stringMatching(/^TIME_BUDGET=/)]),
    )
    const steps = seen.published
      ?.filter(({ name }) => name === 'probe_group_duration')
      .map(({ labels }) => labels.step)
    expect(steps).toContain('place order')
  })

  test('a broken checkout is down, and named', async () => {
    const { code, seen, err } = await monitorTest(['--fault', 'errors=/cart/checkout:1'])
    expect({ code, up: seen.up, exitCode: seen.exitCode }).toEqual({ code: 99, up: false, exitCode: 110 })
    expect(seen.reasons).toEqual([
      expect.stringMatching(/checkout › place order: request checkout: status 500/),
    ])
    expect(seen.series).toBeGreaterThan(100)
    expect(err).toMatch(/embedded shop answers at .* with errors=\/cart\/checkout:1/)
  })

  test('a dead port is down at once, with metrics', async () => {
    const { code, seen } = await monitorTest(['--base-url', NOBODY])
    expect({ code, exitCode: seen.exitCode, killed: seen.killed }).toEqual({
      code: 99,
      exitCode: 110,
      killed: false,
    })
    expect(seen.reasons).toEqual([
      expect.stringMatching(/browse › open home: request home: .*connection refused/),
    ])
    expect(seen.series).toBeGreaterThan(10)
  })

  test('a target that takes connections and never answers ends inside the timeout', async () => {
    const silent = await listen(createServer(() => undefined))
    const { code, seen } = await monitorTest(['--base-url', silent, '--timeout', '5s'])
    expect({ code, exitCode: seen.exitCode, killed: seen.killed }).toEqual({
      code: 99,
      exitCode: 110,
      killed: false,
    })
    expect(seen.series).toBeGreaterThan(10)
  })

  test('a setup that hangs is killed, and nothing is published', async () => {
    const suite = readFileSync(join(root, fixture('quick.ts')), 'utf8').replace(
      `name: 'quick',`,
      `name: 'quick', setup: () => sleep(60),`,
    )
    const cwd = project({ 'suites/quick.ts': `import { sleep } from 'k6'\n${suite}` })
    const { code, seen } = await monitorTest(['--timeout', '3s'], { cwd })
    expect({ code, seen }).toMatchObject({
      code: 99,
      seen: { up: false, killed: true, exitCode: null, series: 0, errorCode: 'timeout' },
    })
  })

  test('runs the bytes whose SHA-256 it prints; they hold against what an agent leaks', async () => {
    const url = await shop()
    const { seen, err } = await monitorTest(['--base-url', url, '--keep'], { env: { TMPDIR: folder() } })
    const kept = /^kept: (.*)$/m.exec(err)?.[1] ?? ''
    const work = join(kept, 'run-1/work')
    const [script = ''] = readdirSync(work)
    expect(readdirSync(work)).toEqual([expect.stringMatching(/^\d+\.js$/)])
    expect(
      createHash('sha256')
        .update(readFileSync(join(work, script)))
        .digest('hex'),
    ).toBe(seen.sha256)
    const out = folder()
    const leaked = { BASE_URL: NOBODY, TIME_BUDGET: '1ms', PROFILE: 'none', ENVIRONMENT: 'none', SCALE: '-1' }
    const { code } = await k6(
      agentArguments({ script, log: join(out, 'log'), samples: join(out, 'json') }, 'scripted'),
      {
        cwd: work,
        env: { ...leaked, ...agentEnvironment(process.env.PATH, out) },
      },
    )
    expect(code).toBe(0)
  })

  test('says in words what a person needs', async () => {
    const { code, out } = await cli(['monitor', 'test', '--fault', 'errors=/cart/checkout:1', '--series'])
    expect(code).toBe(99)
    expect(out).toMatch(
      /^DOWN {2}boutique · http:\/\/127\.0\.0\.1:\d+\n {2}exit code 110, the script failed the run: checkout › place order/,
    )
    expect(out).toMatch(/^published {2}\d+ series; metrics \d+\.\d KiB of 100 KiB$/m)
    expect(out).toMatch(/^ {2}error {3}test marked as failed: checkout/m)
    expect(out).toMatch(/^bundle .* SHA-256 [0-9a-f]{64}$/m)
    expect(out).toMatch(/^probe_checks_total\{.*result="fail".*\} 1\.000000$/m)
  })

  test('several runs give an availability', async () => {
    const url = await shop('errors=/cart/checkout:0.5')
    const { code, out } = await cli(['monitor', 'test', '--watch', '4', '--base-url', url])
    const lines = out.trim().split('\n')
    expect(lines).toHaveLength(5)
    const up = lines.filter((line) => /^\d\/4 {2}up /.test(line)).length
    expect(lines.at(-1)).toMatch(new RegExp(`^available ${up * 25}\\.0 %: up ${up} of 4 times · SHA-256 `))
    expect(code).toBe(up === 4 ? 0 : 99)
  })

  test('several runs as JSON', async () => {
    const { code, out } = await cli(['monitor', 'test', '--watch', '2', '--json'])
    const { runs, availability } = JSON.parse(out) as { runs: Printed[]; availability: number }
    expect({ code, availability, up: runs.map(({ up }) => up) }).toEqual({
      code: 0,
      availability: 1,
      up: [true, true],
    })
    expect(new Set(runs.map(({ sha256 }) => sha256)).size).toBe(1)
  })

  test('takes any k6 script as it is, and says that nothing is baked', async () => {
    const cwd = project({ 'plain.js': main(`console.log('env ' + JSON.stringify(__ENV.BASE_URL))`) })
    const { code, seen, err } = await monitorTest(['plain.js'], { cwd, env: { BASE_URL: NOBODY } })
    expect({ code, up: seen.up, baked: seen.baked, target: seen.target }).toEqual({
      code: 0,
      up: true,
      baked: [],
      target: null,
    })
    expect(err).toContain('plain.js is no suite: nothing is baked into it')
    expect(seen.logs.map(({ msg }) => msg)).toContain('env undefined')
  })

  test.each<[string, string[], RegExp]>([
    [
      'a timeout of nothing',
      ['--timeout', '500ms'],
      /--timeout: got "500ms"; allowed: a duration from 1s to 3m0?s?/,
    ],
    ['a timeout that is too long', ['--timeout', '181s'], /--timeout: got "181s"/],
    ['no number of runs', ['--watch', '0'], /--watch: got "0"; allowed: a whole number/],
    ['no suite', ['butique'], /there is no suite "butique".*Did you mean "boutique"/],
    ['no file', ['none.js'], /there is no file none\.js/],
    ['no URL', ['--base-url', 'shop'], /"shop"/],
    ['no environment', ['--environment', 'stagin', '--base-url', NOBODY], /stagin/],
    ['no fault', ['--fault', 'latncy=/:1'], /latncy/],
    [
      'a fault of another’s shop',
      ['--fault', 'latency=/:1', '--base-url', NOBODY],
      /--fault: .*embedded shop/,
    ],
    [
      'a budget of its own',
      ['--set', 'TIME_BUDGET=1s', '--base-url', NOBODY],
      /--set: got TIME_BUDGET; .*--timeout/,
    ],
    ['a secret', ['--set', 'API_TOKEN=sekrit', '--base-url', NOBODY], /API_TOKEN/],
  ])('refuses %s before anything is sent', async (_, args, message) => {
    const { code, out, err } = await cli(['monitor', 'test', ...args])
    expect({ code, out }).toEqual({ code: 104, out: '' })
    expect(err).toMatch(message)
    expect(err).not.toMatch(STACK)
    expect(err).not.toContain('sekrit')
  })

  test('refuses flags that cannot reach a plain script', async () => {
    const cwd = project({ 'plain.js': main('') })
    const { code, err } = await cli(['monitor', 'test', 'plain.js', '--base-url', NOBODY], { cwd })
    expect(code).toBe(104)
    expect(err).toMatch(/--base-url: plain\.js is no suite/)
  })

  test('Ctrl-C ends k6 and leaves nothing', async () => {
    const TMPDIR = folder()
    const running = startCli(['monitor', 'test', '--fault', 'latency=/:20000', '--timeout', '60s'], {
      env: { TMPDIR },
    })
    const samples = (): boolean =>
      readdirSync(TMPDIR).some((name) => existsSync(join(TMPDIR, name, 'run-1/out/samples.json')))
    while (!samples()) await new Promise((done) => setTimeout(done, 50))
    const children = readFileSync(`/proc/${running.pid}/task/${running.pid}/children`, 'utf8')
      .trim()
      .split(' ')
    const ours = children.filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--throw'))
    running.signal('SIGINT')
    const { code, out, err } = await running.ended
    expect({ code, out }).toEqual({ code: 105, out: '' })
    expect(err).toMatch(/interrupted\n$/)
    expect(readdirSync(TMPDIR)).toEqual([])
    expect(ours.map((pid) => existsSync(`/proc/${pid}`))).toEqual([false])
  })
})
