import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { followFile } from './tail.ts'

/** All whole lines of a text in a file. */
async function linesOf(text: string): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'loadwright-tail-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'k6.log')
  writeFileSync(file, text)
  const tail = followFile(file)
  onTestFinished(() => tail.close())
  const all: string[] = []
  for (let lines = await tail.next(); lines; lines = await tail.next()) all.push(...lines)
  return all
}

test.each([1, 64 * 1024 - 1, 64 * 1024, 1024 * 1024 - 1])(
  'a line of %d bytes is whole, wherever it is cut',
  async (bytes) => {
    const line = 'é'.repeat(bytes / 2).padEnd(bytes - Math.floor(bytes / 2), 'x')
    expect(await linesOf(`before\n${line}\nafter\nhalf`)).toEqual(['before', line, 'after'])
  },
)

test.each([1024 * 1024 + 64 * 1024, 3 * 1024 * 1024])(
  'a line of %d bytes is left out, and those around it are not',
  async (bytes) => {
    expect(await linesOf(`before\n${'x'.repeat(bytes)}\nafter\nlast\n`)).toEqual(['before', 'after', 'last'])
  },
)
