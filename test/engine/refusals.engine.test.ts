import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  capture,
  cli,
  folder,
  project,
  root,
  run,
  shop,
  STACK,
  start,
  type Ended,
  type Start,
} from './harness.ts'

/** Runs what must be refused: before k6 starts, with nothing sent and no folder made. */
async function refused(args: readonly string[], how: Start = {}): Promise<Ended['err']> {
  const { url, seen } = await capture(await shop())
  const results = join(folder(), 'results')
  const ended = await cli(
    ['run', ...args.map((word) => word.replace('TARGET', url)), '--results', results],
    how,
  )
  expect(ended).toMatchObject({ code: 104 })
  expect(ended.out).toBe('')
  expect(ended.err).not.toMatch(STACK)
  expect(seen).toEqual([])
  expect(existsSync(results)).toBe(false)
  return ended.err
}

const config = (text: string) =>
  project({
    'loadwright.config.ts': `import { defineConfig } from 'loadwright/config'\nexport default defineConfig(${text})\n`,
    'suites/any.ts': '',
  })

test('what a full disk does not take is said, and is no success', async () => {
  const line = `${process.execPath} ${join(root, 'dist/cli.mjs')} history --results ${folder()} > /dev/full`
  const { code, err } = await start('sh', ['-c', line]).ended
  expect({ code, err }).toEqual({
    code: 104,
    err: 'what was to be printed is lost: ENOSPC (is the disk full?)\n',
  })
})

describe.concurrent('a run is refused', () => {
  test('for bad settings, all of them at once', async () => {
    const told = await refused(
      [
        '--profile',
        'lod',
        '--base-url',
        'TARGET?q',
        '--set',
        'SCALE=abc',
        '--set',
        'DURATIN=3s',
        '--set',
        'RATE',
      ],
      { env: { TRACE_RATIO: '7' } },
    )
    expect(told).toMatch(/^6 problems:$/m)
    expect(told).toMatch(/PROFILE: got "lod"; .* Did you mean "load"\?/)
    expect(told).toMatch(/BASE_URL: got "http:\S+\?q"; allowed: an http or https URL/)
    expect(told).toMatch(/SCALE: got "abc"; allowed: a number above 0/)
    expect(told).toMatch(/--set: got "DURATIN"; .*Did you mean DURATION\?/)
    expect(told).toMatch(/--set: got "RATE"; allowed: KEY=VALUE/)
    expect(told).toMatch(/TRACE_RATIO: got "7"; allowed: a number from 0 to 1/)
  })

  test('for an unknown flag', async () => {
    expect(await refused(['--profil', 'load'])).toMatch(
      /unknown option '--profil'[\s\S]*Did you mean.*--profile/,
    )
  })

  test('for an unknown suite, with the one that was meant', async () => {
    expect(await refused(['boutiqe', '--base-url', 'TARGET'])).toMatch(
      /no suite "boutiqe".*Did you mean "boutique"\?/,
    )
    expect(await refused(['examples/nothing.ts'])).toContain('there is no file examples/nothing.ts')
  })

  test('for faults that do not exist, with whatever else is wrong', async () => {
    const told = await refused(['--fault', 'latencyy=/:3', '--fault', 'errors=/cart:7', '--set', 'SCALE=0'])
    expect(told).toMatch(/"latencyy" is not one of .*Did you mean "latency"\?/)
    expect(told).toContain('Fault "errors=/cart:7"')
    expect(told).toContain('SCALE: got "0"')
  })

  test('for a fault in a target that is not the embedded shop', async () => {
    expect(await refused(['--fault', 'latency=/:3', '--base-url', 'TARGET'])).toMatch(
      /--fault: got latency=\/:3; allowed: only with the embedded shop/,
    )
  })

  test('for what passes the caps of the environment', async () => {
    const told = await refused([
      '--profile',
      'load',
      '--rate',
      '5000',
      '--duration',
      '5h',
      '--base-url',
      'TARGET',
    ])
    expect(told).toMatch(/the cap of shop on VUs: got \d+ VUs; allowed: at most 6000 VUs/)
    expect(told).toMatch(/the cap of shop on rate: got 5000 iterations\/s; allowed: at most 400/)
    expect(told).toMatch(/the cap of shop on duration: got \d+ s; allowed: at most 14400 s/)
  })

  test('for a host that the environment does not list', async () => {
    expect(await refused(['--base-url', 'https://shop.example.com'])).toMatch(
      /BASE_URL: got "shop\.example\.com"; allowed: in shop: loopback/,
    )
  })

  test('for a config with problems, all of them at once', async () => {
    const cwd = config(
      `{ suits: ['*.ts'], environments: { dev: { scale: 'big', caps: { vu: 3 } } } } as never`,
    )
    const told = await refused([], { cwd })
    expect(told).toMatch(/^3 problems:$/m)
    expect(told).toMatch(/loadwright\.config\.ts: got "suits"; .*Did you mean "suites"\?/)
    expect(told).toContain('environments.dev.scale: got "big"')
    expect(told).toMatch(/environments\.dev\.caps: got "vu"; .*Did you mean "vus"\?/)
  })

  test('for a config and settings with problems, together, and for nothing that is none', async () => {
    const cwd = config(`{ suits: [], environments: { qa: { target: 'x', scale: 1 } } } as never`)
    const told = await refused(['--environment', 'qa', '--profile', 'lod'], { cwd })
    expect(told).toMatch(/^3 problems:\n.*"suits".*\n.*qa\.target: got "x".*\n.*PROFILE: got "lod"/m)
    const listed = await cli(['list', '--profile', 'lod'], { cwd })
    expect(listed.err).toMatch(/^3 problems:/)
    expect(listed.code).toBe(104)
    expect(await cli(['build'], { cwd })).toMatchObject({
      code: 104,
      err: expect.stringMatching(/^2 problems:/) as string,
    })
  })

  test('for arguments after -- that pass the caps or take the verdict’s figures away', async () => {
    const told = await refused([
      ...['--base-url', 'TARGET', '--', '-u90000', '--duration=5h'],
      ...['-e', 'BASE_URL=http://127.0.0.1:1', '--no-thresholds', '--summary-export=x.json'],
    ])
    expect(told).toMatch(/^5 problems:$/m)
    expect(told).toContain('--vus after --: got 90000 VUs; allowed: at most 6000 VUs, the cap of shop')
    expect(told).toContain('--duration after --: got 5h; allowed: at most 4h')
    expect(told).toContain('Write --base-url before the --.')
    expect(told).toContain('after --: got --no-thresholds')
    expect(told).toContain('Use --results')
  })

  test('for flags after -- that this k6 does not know, with the nearest that it does', async () => {
    const told = await refused(['--', '--durations=1s', '-x'])
    expect(told).toMatch(
      /after --: got --durations; allowed: flags of k6 run \(v[\d.]+\)\. Did you mean --duration\?$/m,
    )
    expect(told).toMatch(/after --: got -x; allowed: /)
  })

  test('by k6, for a duration under a second, in its own words', async () => {
    const { code, err, out, record } = await run(['--duration', '300ms', '--ramp-up', '0s'])
    expect({ code, k6: record.instances[0]?.exit }).toEqual({ code: 104, k6: 104 })
    expect(err).toContain('duration')
    expect(out).toContain('k6 refused the options')
    expect(out).toMatch(/^Next {5}show k6’s command: .*--dry-run$/m)
  })

  test('for a config that cannot be read', async () => {
    expect(await refused([], { cwd: config('{ suites: [') })).toContain('loadwright.config.ts:2:39: ')
    expect(await refused([], { cwd: config(`(() => { throw new Error('not today') })()`) })).toContain(
      'not today',
    )
  })

  test('for a suite that is none', async () => {
    const cwd = project({ 'suites/none.ts': 'export const options = {}\nexport default function () {}\n' })
    expect(await refused([], { cwd })).toMatch(
      /suites\/none\.ts: got no export setup, teardown, handleSummary/,
    )
    expect(await refused([], { cwd: project({}) })).toContain('no suites: nothing matches suites/*.ts')
  })

  test('for a K6_BIN that cannot be used', async () => {
    expect(await refused([], { env: { K6_BIN: '/nowhere/k6' } })).toMatch(
      /K6_BIN=\/nowhere\/k6: .*does not exist/,
    )
    expect(await refused([], { env: { K6_BIN: process.execPath } })).toMatch(
      /K6_BIN=\S+: .* (is not k6|fails on "version")/,
    )
  })

  test('for a results folder that cannot be made', async () => {
    const { url, seen } = await capture(await shop())
    const file = join(folder(), 'file')
    writeFileSync(file, '')
    const { code, out, err } = await cli(['run', '--base-url', url, '--results', join(file, 'results')])
    expect({ code, out, seen }).toEqual({ code: 104, out: '', seen: [] })
    expect(err).toContain(`--results: got "${join(file, 'results')}"`)
    expect(err).not.toMatch(STACK)
  })
})

describe.concurrent('a config, or a name, that is none', () => {
  test.each([
    ['process.exit(3); export default {}', 'it calls process.exit(3)'],
    ['setTimeout(() => process.exit(3), 1); export default {}', 'it calls process.exit(3)'],
    ['setTimeout(() => { throw new Error("boo") }, 1); export default {}', 'Error: boo; await or catch it'],
    ['await new Promise(() => 0); export default {}', 'it awaits a promise that never settles'],
  ])('is refused in words: %s', async (text, why) => {
    const cwd = project({ 'loadwright.config.ts': text, 'suites/any.ts': '' })
    const { code, err } = await cli(['list'], { cwd })
    expect([code, err]).toEqual([104, expect.stringContaining('loadwright.config.ts') as string])
    expect(err).toContain(why)
    expect(err).not.toMatch(STACK)
  })

  test('is refused in words: folders and archives', async () => {
    const cwd = project({ 'x.js/y.txt': '', 'a.tar': '', 'suites/any.ts': '' })
    const names = ['x.js', 'a.tar'].flatMap((name) => ['run', 'check', 'build'].map((word) => [word, name]))
    const ended = await Promise.all(names.map((args) => cli(args, { cwd })))
    expect(ended.map(({ code }) => code)).toEqual(names.map(() => 104))
    expect(ended.slice(0, 3).map(({ err }) => err)).toEqual(
      names.slice(0, 3).map(() => 'x.js is a folder: name a .js, .ts or .yaml file in it\n'),
    )
    for (const { err } of ended.slice(3)) expect(err).toContain('`k6 run a.tar` runs it')
  })
})

describe.concurrent('a suite whose top level never ends', () => {
  test.each([
    ['for (;;);', 'suites/a.ts: the script ran for more than 10000 ms without coming back'],
    [
      'const all: object[] = []; for (;;) all.push({ more: all.length })',
      /^suites\/a\.ts: the script took more than \d+ MiB of memory$/m,
    ],
  ])('is stopped: %s', async (text, why) => {
    const cwd = project({ 'suites/a.ts': `${text}\nexport default () => undefined\n` })
    const { code, err } = await cli(['build', 'suites/a.ts'], { cwd })
    expect([code, err]).toEqual([104, typeof why === 'string' ? `${why}\n` : expect.stringMatching(why)])
  })
})
