import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { buildsVersion, machine } from '../../test/doubles/machine.ts'
import { findEngine, installEngine } from './find.ts'

let on: ReturnType<typeof machine>
beforeEach(() => {
  on = machine()
})
afterEach(() => on.remove())

test('where the download is refused, Go builds the pinned module, once', async () => {
  await on.link('tar')
  on.script('bin/go', buildsVersion('v2.2.0'))
  const said: string[] = []
  const engine = await findEngine({
    env: on.env,
    packageRoot: on.packageRoot,
    progress: (line) => said.push(line),
  })
  expect(engine).toMatchObject({ path: join(on.cacheFolder, 'k6'), version: 'v2.2.0', source: 'build' })
  expect(engine.notes.at(-1)).toContain('download: http://127.0.0.1:1/v2.2.0/k6-v2.2.0-')
  expect(said.filter((line) => line.startsWith('downloading k6 v2.2.0: http://127.0.0.1:1'))).toHaveLength(1)
  expect(said.at(-1)).toMatch(/^building k6 v2\.2\.0: done in \d+ s, kept in /)
  expect(readdirSync(on.cacheFolder)).toEqual(['k6'])
  expect(await findEngine({ env: on.env, packageRoot: on.packageRoot, install: false })).toMatchObject({
    source: 'cache',
  })
})

test('two processes may build at once', async () => {
  await on.link('tar')
  on.script('bin/go', `/bin/sleep 0.2\n${buildsVersion('v2.2.0')}`)
  const engines = await Promise.all(
    [1, 2].map(() => findEngine({ env: on.env, packageRoot: on.packageRoot })),
  )
  expect(engines.map((engine) => engine.source)).toEqual(['build', 'build'])
  expect(readdirSync(on.cacheFolder)).toEqual(['k6'])
})

test('a broken binary in the cache is replaced', async () => {
  on.script('cache/loadwright/k6/v2.2.0/k6', 'exit 1')
  on.script('bin/go', buildsVersion('v2.2.0'))
  const engine = await findEngine({ env: on.env, packageRoot: on.packageRoot })
  expect(engine.source).toBe('build')
  expect(engine.notes[1]).toContain('cache: ')
})

test('k6 install with force builds although PATH has one and K6_BIN is broken', async () => {
  on.k6('bin/k6', 'v2.1.0')
  on.script('bin/go', buildsVersion('v2.2.0'))
  const env = { ...on.env, K6_BIN: '/nowhere' }
  expect(await installEngine({ env, packageRoot: on.packageRoot, force: true })).toMatchObject({
    source: 'build',
    version: 'v2.2.0',
  })
})

test('a failing build shows the last lines of Go, and leaves nothing', async () => {
  on.script('bin/go', 'i=0; while [ $i -lt 50 ]; do i=$((i+1)); echo "main.go:$i: broken" >&2; done; exit 2')
  const failed = (await findEngine({ env: on.env, packageRoot: on.packageRoot }).catch(
    (error: unknown) => error,
  )) as Error
  expect(failed).toMatchObject({ name: 'EngineError' })
  expect(failed.message).toContain('go build failed (exit 2):')
  expect(failed.message).toContain('main.go:50: broken')
  expect(failed.message).not.toContain('main.go:40: broken')
  expect(readdirSync(on.cacheFolder)).toEqual([])
})

test('a build of another version is not kept', async () => {
  on.script('bin/go', buildsVersion('v2.1.0'))
  await expect(findEngine({ env: on.env, packageRoot: on.packageRoot })).rejects.toThrow(
    'the new binary is k6 v2.1.0, not v2.2.0',
  )
  expect(readdirSync(on.cacheFolder)).toEqual([])
})

test('an abort interrupts Go, waits for its end, and leaves nothing', async () => {
  const [started, ended] = [join(on.root, 'started'), join(on.root, 'ended')]
  on.script(
    'bin/go',
    `trap 'echo > ${ended}; exit 1' INT\necho > ${started}\nwhile :; do /bin/sleep 0.05; done`,
  )
  const abort = new AbortController()
  const said: string[] = []
  const finding = findEngine({
    env: on.env,
    packageRoot: on.packageRoot,
    signal: abort.signal,
    progress: (line) => said.push(line),
  })
  const settled = finding.catch((error: unknown) => error)
  while (!existsSync(started)) await setTimeout(10)
  abort.abort(new Error('Ctrl-C'))
  expect(await settled).toMatchObject({ message: 'Ctrl-C' })
  expect(existsSync(ended)).toBe(true)
  expect(said.at(-1)).toBe('building k6 v2.2.0: interrupted')
  expect(readdirSync(on.cacheFolder)).toEqual([])
})
