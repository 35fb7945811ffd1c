import { buildSync } from 'esbuild'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { packageRoot } from './package.ts'

const folder = mkdtempSync(join(tmpdir(), 'loadwright-locked-'))
const script = join(folder, 'writer.mjs')
const counter = join(folder, 'counter')
afterAll(() => rmSync(folder, { recursive: true }))

/** A process that adds ones to a file, reading it first; or one that keeps the lock until it is killed. */
const WRITER = `
import { readFileSync, writeFileSync } from 'node:fs'
import { locked } from './cli/base/locked.ts'
const [, , file, times] = process.argv
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
if (times === 'forever')
  await locked(file, async () => {
    process.stdout.write('taken')
    await pause(600_000)
  })
for (let done = 0; done < Number(times); done++)
  await locked(file, async () => {
    const before = Number(readFileSync(file, 'utf8'))
    await pause(1)
    writeFileSync(file, String(before + 1))
  }, 50_000)
`

beforeAll(() => {
  const stdin = { contents: WRITER, resolveDir: packageRoot }
  buildSync({ stdin, bundle: true, platform: 'node', format: 'esm', outfile: script })
})

const writer = (times: string): ChildProcess =>
  spawn(process.execPath, [script, counter, times], { stdio: ['ignore', 'pipe', 'inherit'] })

test('processes that write at once lose nothing, and take the lock of a killed one over at once', async () => {
  writeFileSync(counter, '0')
  const killed = writer('forever')
  await once(killed.stdout!, 'data')
  killed.kill('SIGKILL')
  await once(killed, 'exit')
  expect(readdirSync(folder)).toContain('counter.lock')
  const codes = await Promise.all(
    Array.from({ length: 4 }, async () => {
      const [code] = (await once(writer('25'), 'exit')) as [number | null]
      return code
    }),
  )
  expect(codes).toEqual([0, 0, 0, 0])
  expect(readFileSync(counter, 'utf8')).toBe('100')
  expect(readdirSync(folder).toSorted()).toEqual(['counter', 'writer.mjs'])
})
