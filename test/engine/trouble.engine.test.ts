import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { textsOf } from '../../cli/record/index.ts'
import {
  engineOf,
  fixture,
  folder,
  gone,
  project,
  projectOf,
  read,
  root,
  run,
  STACK,
  start,
  startCli,
  type Running,
} from './harness.ts'

const cwd = projectOf('quick.ts')

/** k6's progress once load has been sent for a second or more. */
const LOADED = /^running \([0-9m]*[1-9]\.\ds\)/m

/** A run that goes on for longer than any test, under load by now. */
async function underway(results: string, place = cwd): Promise<Running> {
  const running = startCli(['run', '--duration', '60s', '--results', results, '-e', 'TENANT=5ecret'], {
    cwd: place,
  })
  await running.said(LOADED)
  return running
}

const recordIn = (results: string) => read(join(results, readdirSync(results)[0] ?? '')).record

describe.concurrent('a target', () => {
  test('that is not there makes the run invalid at once, in one sentence', async () => {
    const { code, out, err, record } = await run(['--base-url', 'http://127.0.0.1:1'])
    expect({ code, verdict: record.verdict }).toEqual({ code: 96, verdict: 'invalid' })
    expect(textsOf(record.reasons)).toEqual([
      expect.stringMatching(/^the target http:\/\/127\.0\.0\.1:1 does not answer: .*refused$/),
    ])
    expect(out).toContain(
      `INVALID  boutique · smoke · shop · http://127.0.0.1:1\n  ${record.reasons[0]?.text}`,
    )
    expect(out + err).not.toMatch(STACK)
  })

  test('that dies during the run leaves a record that does not pass', async () => {
    const shop = startCli(['shop', '--port', '0'])
    const [url] = await shop.said(/http:\S+/)
    const results = folder()
    const running = startCli(['run', '--duration', '4s', '--base-url', url, '--results', results], { cwd })
    await running.said(LOADED)
    shop.signal('SIGKILL')
    const { code } = await running.ended
    const { state, verdict, failures, exitCode } = recordIn(results)
    expect({ code, state, verdict }).toEqual({
      code: exitCode,
      state: 'ended',
      verdict: expect.stringMatching(/fail|invalid/) as string,
    })
    expect(failures).toContainEqual(expect.objectContaining({ kind: 'request', status: 0 }))
  })
})

describe.concurrent('a run that is ended from outside', () => {
  test('by Ctrl-C, which reaches the whole group, is invalid and exits 105', async () => {
    const results = folder()
    const running = await underway(results)
    running.signal('SIGINT', 'group')
    const { code, out, err } = await running.ended
    expect(code).toBe(105)
    expect(recordIn(results)).toMatchObject({
      state: 'ended',
      verdict: 'invalid',
      exitCode: 105,
      instances: [{ exit: 105 }],
    })
    expect(out).toMatch(/^INVALID .*\n {2}the run was interrupted before its end$/m)
    expect(out + err).not.toMatch(STACK)
  })

  test('by Ctrl-C ends gracefully: teardown runs to its end and the figures are written', async () => {
    const suite = readFileSync(join(root, fixture('quick.ts')), 'utf8').replace(
      `name: 'quick',`,
      `name: 'quick', teardown: () => { for (let i = 1; i <= 20; i++) { sleep(1); console.log('teardown ' + i) } },`,
    )
    const cwd = project({ 'suites/quick.ts': `import { sleep } from 'k6'\n${suite}` })
    const results = folder()
    const running = await underway(results, cwd)
    running.signal('SIGINT', 'group')
    const { code, out } = await running.ended
    expect({ code, record: recordIn(results) }).toMatchObject({ code: 105, record: { exitCode: 105 } })
    expect(out).toContain('teardown 20')
    expect(recordIn(results).thresholds).not.toEqual([])
    expect(readdirSync(join(results, readdirSync(results)[0] ?? '')).toSorted()).toEqual([
      ...['junit.xml', 'k6-summary.json', 'k6.log', 'report.html', 'report.md', 'run.json'],
      'series.ndjson.gz',
    ])
  })

  test('by the death of k6 alone leaves everything that was gathered', async () => {
    const results = folder()
    const running = await underway(results)
    // k6 pushes every second: what is asserted below has arrived by then.
    await running.said(/^running \([0-9m]*[5-9]\.\ds\)/m)
    process.kill(engineOf(running.pid) ?? 0, 'SIGKILL')
    const { code, out, err } = await running.ended
    const record = recordIn(results)
    expect({ code, state: record.state, reasons: textsOf(record.reasons) }).toEqual({
      code: 96,
      state: 'ended',
      reasons: ['k6 was killed before its end'],
    })
    expect(record.instances).toHaveLength(1)
    expect(record.instances[0]).not.toHaveProperty('exit')
    expect(record.totals.iterations).toBeGreaterThan(0)
    expect(record.journeys[0]?.steps[0]?.completed).toBeGreaterThan(0)
    expect(out + err).not.toMatch(STACK)
  })

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'by a %s to the command alone ends k6 too',
    async (name) => {
      const results = folder()
      const running = await underway(results)
      running.signal(name)
      const { code } = await running.ended
      expect(code).toBe(105)
      expect(recordIn(results)).toMatchObject({
        state: 'ended',
        verdict: 'invalid',
        instances: [{ exit: 105 }],
      })
    },
  )

  test('by a second signal is over, also where teardown would go on', async () => {
    const suite = readFileSync(join(root, fixture('quick.ts')), 'utf8').replace(
      `name: 'quick',`,
      `name: 'quick', teardown: () => { sleep(55) },`,
    )
    const cwd = project({ 'suites/quick.ts': `import { sleep } from 'k6'\n${suite}` })
    const results = folder()
    const running = await underway(results, cwd)
    const k6 = engineOf(running.pid) ?? 0
    running.signal('SIGINT')
    // The same Ctrl-C by two ways is one: npm passes on what the terminal has sent to all.
    await new Promise((resolve) => setTimeout(resolve, 300))
    running.signal('SIGINT')
    await new Promise((resolve) => setTimeout(resolve, 1500))
    expect(engineOf(running.pid)).toBe(k6)
    running.signal('SIGINT')
    const { code } = await running.ended
    await gone(k6)
    expect({ code, record: recordIn(results) }).toMatchObject({
      code: 105,
      record: { state: 'ended', verdict: 'invalid', reasons: [{ code: 'run-interrupted' }] },
    })
  })

  test('by nobody where only its reader has gone: the record is as good as ever', async () => {
    const results = folder()
    const script = '"$1" "$2" run --duration 3s --no-open --results "$3" 2>&1 | head -1'
    const words = [process.execPath, join(root, 'dist/cli.mjs'), results]
    await start('bash', ['-c', script, '-', ...words], { cwd }).ended
    expect(recordIn(results)).toMatchObject({ state: 'ended', verdict: 'pass', exitCode: 0 })
  })

  test('by SIGKILL to the command alone ends k6 too, and leaves a record that says it was cut short', async () => {
    const results = folder()
    const running = await underway(results)
    const k6 = engineOf(running.pid) ?? 0
    // What a script is told stands where only its owner reads it, not in the list of processes.
    expect(readFileSync(`/proc/${k6}/environ`, 'latin1')).toContain('TENANT=5ecret')
    expect(readFileSync(`/proc/${k6}/cmdline`, 'latin1')).not.toMatch(/5ecret|BASE_URL/)
    running.signal('SIGKILL')
    await running.ended
    await gone(k6)
    expect(recordIn(results)).toMatchObject({ state: 'running', verdict: 'invalid', exitCode: 96 })
  })

  test('by the cap of its environment, which VUs that never pause are over', async () => {
    const shop = startCli(['shop', '--port', '0'])
    const [url] = await shop.said(/http:\S+/)
    const caps = `{ vus: 10, rate: 5, duration: '5m' }`
    const cwd = project({
      'loadwright.config.ts': `import { defineConfig } from 'loadwright/config'\nexport default defineConfig({ environments: { tiny: { caps: ${caps} } } })\n`,
      'loop.js': `import http from 'k6/http'\nexport const options = { thresholds: { http_req_failed: ['rate<1'] } }\nexport default () => { http.get(__ENV.BASE_URL + '/_healthz') }\n`,
    })
    const args = ['loop.js', '--environment', 'tiny', '--base-url', url]
    const { code, record } = await run([...args, '--', '-u2', '-d60s'], { cwd })
    shop.signal('SIGTERM')
    expect({ code, verdict: record.verdict, reasons: textsOf(record.reasons) }).toEqual({
      code: 96,
      verdict: 'invalid',
      reasons: [expect.stringMatching(/^more than 5 iterations per second, the cap of tiny: .*caps\.rate/)],
    })
    expect(record.instances[0]?.exit).toBe(105)
  })

  test('before k6 has started exits 105 and leaves nothing', async () => {
    const slow = project({
      'suites/slow.ts': `import rows from './slow.pool.ts'\nexport default rows\n`,
      'suites/slow.pool.ts': `process.stderr.write('building')\nawait new Promise((done) => setTimeout(done, 60_000))\n`,
    })
    const running = startCli(['run'], { cwd: slow })
    await running.said(/building/)
    running.signal('SIGINT', 'group')
    const { code, out, err } = await running.ended
    expect({ code, out }).toEqual({ code: 105, out: '' })
    expect(err).toMatch(/interrupted\n$/)
    expect(existsSync(join(slow, 'results'))).toBe(false)
  })
})
