import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { atomicWrite } from './atomicWrite.ts'

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'loadwright-whole-'))
  onTestFinished(() => rmSync(made, { recursive: true }))
  return made
}

test('many may write one file at once: it is one of theirs, whole, and no draft is left', async () => {
  const path = join(folder(), 'run.json')
  const texts = Array.from({ length: 40 }, (_, at) => String(at).repeat(50_000))
  await Promise.all(texts.map((text) => atomicWrite(path, text)))
  expect(texts).toContain(readFileSync(path, 'utf8'))
  expect(readdirSync(join(path, '..'))).toEqual(['run.json'])
})

test('what cannot be written leaves what was there, and no draft', async () => {
  const home = folder()
  await atomicWrite(join(home, 'a'), Buffer.from('old'), { mode: 0o600, sync: false })
  expect(statSync(join(home, 'a')).mode & 0o777).toBe(0o600)
  await expect(atomicWrite(home, 'x')).rejects.toThrow()
  await expect(atomicWrite(join(home, 'none', 'a'), 'x')).rejects.toThrow('ENOENT')
  expect(readdirSync(home)).toEqual(['a'])
})
