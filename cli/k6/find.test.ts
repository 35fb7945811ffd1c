import { join } from 'node:path'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { machine } from '../../test/doubles/machine.ts'
import { findEngine, installEngine } from './find.ts'
import type { EngineOptions } from './types.ts'

let on: ReturnType<typeof machine>
beforeEach(() => {
  on = machine()
})
afterEach(() => on.remove())

const find = (more: NodeJS.ProcessEnv = {}, options: Partial<EngineOptions> = {}) =>
  findEngine({ env: { ...on.env, ...more }, packageRoot: on.packageRoot, install: false, ...options })

test('K6_BIN comes first, then PATH, then the cache', async () => {
  const [named, path] = [on.k6('own/k6', 'v2.3.0'), on.k6('bin/k6', 'v2.1.0')]
  const cached = on.k6('cache/loadwright/k6/v2.2.0/k6', 'v2.2.0')
  expect(await find({ K6_BIN: named })).toEqual({
    path: named,
    version: 'v2.3.0',
    source: 'K6_BIN',
    notes: [],
  })
  expect(await find()).toEqual({ path, version: 'v2.1.0', source: 'PATH', notes: [] })
  expect(await find({ PATH: '' })).toEqual({
    path: cached,
    version: 'v2.2.0',
    source: 'cache',
    notes: ['PATH: there is no k6'],
  })
})

test('K6_BIN may be a name on PATH', async () => {
  const path = on.k6('bin/k6-next', 'v2.9.0')
  expect(await find({ K6_BIN: 'k6-next' })).toMatchObject({ path, source: 'K6_BIN' })
})

test.each<[string, () => string, string, number?]>([
  ['missing', () => join(on.root, 'nowhere'), 'nowhere does not exist'],
  ['too old', () => on.k6('old', 'v0.57.0'), 'old is k6 v0.57.0, older than v2.1.0'],
  ['a development build before the floor', () => on.k6('old', 'v2.1.0-dev'), 'v2.1.0-dev, older than v2.1.0'],
  ['another program', () => on.script('other', 'echo hello'), 'is not k6: "version" printed "hello"'],
  ['failing', () => on.script('bad', 'echo oh no >&2; exit 3'), 'fails on "version" (3): oh no'],
  ['hanging', () => on.script('slow', 'exec /bin/sleep 60'), 'does not answer "version" within 0.05 s', 50],
  [
    'hanging in a child',
    () => on.script('slow', '/bin/sleep 60'),
    'does not answer "version" within 0.05 s',
    50,
  ],
  ['a folder', () => on.root, 'may not be executed'],
])(
  'K6_BIN that is %s is an error that names it, although PATH has a k6',
  async (_what, make, problem, patience = 60_000) => {
    on.k6('bin/k6', 'v2.2.0')
    const named = make()
    const failed = await find({ K6_BIN: named }, { patience, install: true }).catch((error: unknown) => error)
    expect(failed).toMatchObject({ name: 'EngineError' })
    expect(String(failed)).toContain(`K6_BIN=${named}`)
    expect(String(failed)).toContain(problem)
  },
)

test('what PATH has too old or broken is skipped, and said', async () => {
  const [old, broken] = [on.k6('a/k6', 'v1.4.0'), on.script('b/k6', 'exit 1')]
  const good = on.k6('c/k6', 'v2.2.0')
  const said: string[] = []
  const folders = ['a', 'b', 'c'].map((name) => join(on.root, name)).join(':')
  const engine = await find({ PATH: folders }, { progress: (line) => said.push(line) })
  expect(engine.path).toBe(good)
  expect(engine.notes).toEqual([
    `PATH: ${old} is k6 v1.4.0, older than v2.1.0`,
    `PATH: ${broken} fails on "version" (1)`,
  ])
  expect(said).toEqual([
    `skipped: ${old} is k6 v1.4.0, older than v2.1.0`,
    `skipped: ${broken} fails on "version" (1)`,
  ])
})

test('a file on PATH that may not be executed is no k6', async () => {
  chmodSync(on.k6('bin/k6', 'v2.2.0'), 0o644)
  await expect(find()).rejects.toThrow('PATH: there is no k6')
})

test('nothing anywhere: one text with what was tried and every way to install', async () => {
  on.k6('bin/k6', 'v0.57.0')
  const failed = (await find({}, { install: true }).catch((error: unknown) => error)) as Error
  expect(failed.message.replaceAll(on.root, '~')).toMatchInlineSnapshot(`
    "No k6 was found; loadwright needs v2.1.0 or newer.

    Tried:
      - PATH: ~/bin/k6 is k6 v0.57.0, older than v2.1.0
      - cache: ~/cache/loadwright/k6/v2.2.0/k6 does not exist
      - download: there is no \`tar\` on PATH to unpack it
      - build: there is no \`go\` on PATH

    Any one of these helps:
      - set K6_BIN=/path/to/k6 if you have one
      - install k6 with a package manager: \`brew install k6\`, \`winget install k6\`, \`choco install k6\`; apt and dnf: https://grafana.com/docs/k6/latest/set-up/install-k6/
      - put a release from https://github.com/grafana/k6/releases on PATH
      - behind a mirror, set LOADWRIGHT_K6_RELEASES to what stands for https://github.com/grafana/k6/releases/download, then \`loadwright k6 install\`
      - install Go (https://go.dev/dl/), then \`loadwright k6 install\` builds k6 v2.2.0"
  `)
})

test('a search that may not install names the command that does', async () => {
  await expect(find()).rejects.toThrow('- `loadwright k6 install` downloads or builds k6 v2.2.0')
})

test('a cache that cannot be written is a reason, not a crash', async () => {
  mkdirSync(join(on.root, 'cache'))
  writeFileSync(join(on.root, 'cache', 'loadwright'), '')
  await expect(find({}, { install: true })).rejects.toThrow(/build: E[A-Z]+/)
})

test('k6 install does nothing where one is usable, and says so', async () => {
  const path = on.k6('bin/k6', 'v2.1.0')
  const said: string[] = []
  const engine = await installEngine({
    env: on.env,
    packageRoot: on.packageRoot,
    progress: (line) => said.push(line),
  })
  expect(engine).toMatchObject({ path, source: 'PATH' })
  expect(said).toEqual([`k6 v2.1.0 is already there (PATH): ${path}`])
})
