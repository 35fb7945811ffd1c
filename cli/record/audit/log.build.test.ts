import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, test } from 'vitest'
import type { AuditEvent } from './entry.ts'
import { appendAudit, readAudit } from './log.ts'

const folder = mkdtempSync(join(tmpdir(), 'loadwright-audit-'))
const file = join(folder, 'audit.ndjson')
afterAll(() => rmSync(folder, { recursive: true }))
beforeEach(() => rmSync(file, { force: true }))

const event = (reason: string): AuditEvent => ({
  at: '2026-11-26T09:30:00.000Z',
  action: 'override',
  run: 'boutique-1',
  verdict: 'fail',
  by: { user: 'jana', commit: '6c37b9d0c2' },
  reason,
  failing: ['p95 of place order 612 ms > 500 ms'],
})
const three = () => appendAudit(file, ['first', 'second', 'third'].map(event))
const lines = (): string[] => readFileSync(file, 'utf8').split('\n')
const write = (changed: string[]): void => writeFileSync(file, changed.join('\n'))

test('what is added is read, in its order; no file is no entry', async () => {
  expect(await readAudit(file)).toEqual([])
  await three()
  await appendAudit(file, [event('fourth')])
  expect((await readAudit(file)).map(({ line, reason }) => [line, reason])).toEqual([
    [1, 'first'],
    [2, 'second'],
    [3, 'third'],
    [4, 'fourth'],
  ])
})

test('twenty writers at once lose nothing', async () => {
  const names = Array.from({ length: 20 }, (_, index) => `writer ${index}`)
  await Promise.all(names.map((name) => appendAudit(file, [event(name)])))
  expect((await readAudit(file)).map(({ reason }) => reason).toSorted()).toEqual(names.toSorted())
})

test('a log that cannot be read or written is said in a sentence', async () => {
  await expect(readAudit(folder)).rejects.toThrow(`${folder} cannot be read: EISDIR`)
  const inside = join(file, 'audit.ndjson')
  await three()
  await expect(appendAudit(inside, [event('fourth')])).rejects.toThrow(/audit\.ndjson could not be written: /)
})

test.each([
  [
    'a word was changed',
    2,
    ([a = '', b = '', ...rest]: string[]) => [a, b.replace('second', 'another'), ...rest],
  ],
  ['a line is missing', 2, ([a = '', , ...rest]: string[]) => [a, ...rest]],
  ['the first line is missing', 1, ([, ...rest]: string[]) => rest],
  ['lines changed places', 2, ([a = '', b = '', c = '', d = '']: string[]) => [a, c, b, d]],
  ['a line is there twice', 2, ([a = '', ...rest]: string[]) => [a, a, ...rest]],
  ['it is cut short', 3, ([a = '', b = '', c = '']: string[]) => [a, b, c.slice(0, 60)]],
  ['its last line has no end', 3, ([a = '', b = '', c = '']: string[]) => [a, b, c]],
  ['it is of another origin', 1, () => ['{"time":1}', '']],
  [
    'its schema is newer',
    1,
    ([a = '', ...rest]: string[]) => [a.replace('"schema":1', '"schema":2'), ...rest],
  ],
  ['it is no JSON', 1, () => ['hello', '']],
])('%s: the line is named, and nothing is added', async (_, line, change) => {
  await three()
  write(change(lines()))
  const before = readFileSync(file, 'utf8')
  await expect(readAudit(file)).rejects.toThrow(
    `audit.ndjson, line ${line}: got a line that cannot be trusted: `,
  )
  await expect(appendAudit(file, [event('fourth')])).rejects.toThrow(`line ${line}: `)
  expect(readFileSync(file, 'utf8')).toBe(before)
})
