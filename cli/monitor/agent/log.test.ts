import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { checkLines, readLogfmt } from '../../check/index.ts'
import { LINE_BYTES, LOG_BYTES } from '../../project/index.ts'
import { anyText } from '../../../test/texts.ts'
import { readBeginning, readAgentLog } from './log.ts'

const folder = mkdtempSync(join(tmpdir(), 'loadwright-log-'))
afterAll(() => rmSync(folder, { recursive: true }))
const read = (text: string) => readAgentLog({ text, bytes: Buffer.byteLength(text) })

describe('a line of logfmt', () => {
  test.each([
    ['level=info msg=begin', { level: 'info', msg: 'begin' }],
    ['  level=info   msg="two words"  ', { level: 'info', msg: 'two words' }],
    ['msg="a \\"quoted\\" \\\\ \\n\\t\\u00e9 \\/"', { msg: 'a "quoted" \\ \n\té /' }],
    ['my tag=value', { my: '', tag: 'value' }],
    ['empty= next=1', { empty: '', next: '1' }],
    ['a="b"c=d', { a: 'b', c: 'd' }],
    ['a="tab\tinside"', { a: 'tab\tinside' }],
    ['', {}],
  ])('%s is read', (line, fields) => {
    expect(readLogfmt(line)).toEqual({ fields })
  })

  // Go writes these for what cannot be printed, and the agent's reader takes JSON's escapes alone.
  test.each([
    ['msg="\\x1b[31mred"', 'the escape \\x1b'],
    ['msg="a\\x7fb"', 'the escape \\x7f'],
    ['msg="\\a"', 'the escape \\a'],
    ['msg="\\v"', 'the escape \\v'],
    ['msg="flag \\U000e0067"', 'the escape \\U000e0067'],
    ['msg="\\n and a tab\t"', 'a control character that is not escaped'],
    ['msg="no end', 'a quote that does not end'],
    ['q"=1', 'an unexpected "'],
    ['=1', 'an unexpected ='],
    ['a=b=c', 'an unexpected ='],
    ['a=b"c"', 'an unexpected "'],
  ])('%s cannot be read', (line, problem) => {
    expect(readLogfmt(line)).toEqual({ problem })
  })

  test('for any text that a check is named by: what is written is read again, or has what JSON has no escape for', () => {
    fc.assert(
      fc.property(anyText(), anyText(), (check, value) => {
        const line = checkLines([{ tags: { check, value_: value }, value: 1, count: 1 }]).trimEnd()
        const got = readLogfmt(line)
        if ('fields' in got) expect(got.fields).toMatchObject({ check, value_: value })
        else expect(line).toMatch(/\\(x|U|a|v)/)
      }),
    )
  })
})

describe('a log', () => {
  const line = (level: string, msg: string, more = ''): string =>
    `time="2026-11-22T00:47:11Z" level=${level} msg=${JSON.stringify(msg)}${more}\n`

  test.each([
    ['an exception', line('error', 'Error: thrown\n\tat default', ' source=stacktrace'), 'exception'],
    ['a promise nobody caught', line('error', 'Uncaught (in promise) Error: x'), 'promise'],
    ['a line that says so', line('error', 'Uncaught (in promise) imitated', ' source=console'), 'promise'],
  ])('with %s fails the check', (_, text, kind) => {
    expect(read(line('info', 'before') + text).failure).toMatchObject({ kind })
  })

  test.each([
    ['console.error', line('error', 'just a line', ' source=console')],
    ['a warning that looks like one', line('warning', 'Uncaught (in promise) x')],
    ['a marked failure, which has an exit code', line('error', 'test marked as failed: x')],
  ])('with %s does not', (_, text) => {
    expect(read(text).failure).toBeUndefined()
  })

  test('loses debug lines of k6’s own, and nothing else', () => {
    const text =
      line('debug', 'k6’s') + line('debug', 'author’s', ' source=console') + line('info', 'check result')
    expect(read(text).lines.map(({ msg }) => msg)).toEqual(['author’s', 'check result'])
  })

  test('is read as far as its first line that cannot be', () => {
    const text = `${line('info', 'one')}msg="\\x1b"\n${line('error', 'x', ' source=stacktrace')}`
    const { lines, unreadable, failure } = read(text)
    expect(lines).toHaveLength(1)
    expect(unreadable).toBe('line 2 of the log has the escape \\x1b')
    expect(failure).toBeUndefined()
  })

  test('has lines of 65535 bytes at most', () => {
    const filled = (bytes: number) => `a=${'x'.repeat(bytes - 2)}\n`
    expect(read(filled(LINE_BYTES)).unreadable).toBeUndefined()
    expect(read(filled(LINE_BYTES + 1)).unreadable).toBe('line 1 of the log has more than 65535 bytes')
  })

  test('is read as far as 255 KiB, cut after a whole line', async () => {
    const path = join(folder, 'long.log')
    const one = 'msg=0123456789\n'
    writeFileSync(path, one.repeat(20_000))
    const beginning = await readBeginning(path)
    expect(beginning.bytes).toBe(one.length * 20_000)
    expect(beginning.text.length).toBe(Math.floor(LOG_BYTES / one.length) * one.length)
    expect(readAgentLog(beginning)).toMatchObject({ truncated: true, bytes: beginning.bytes })
  })

  test('that fits exactly is whole', async () => {
    const path = join(folder, 'exact.log')
    writeFileSync(path, 'x'.repeat(LOG_BYTES))
    const beginning = await readBeginning(path)
    expect(beginning.text).toHaveLength(LOG_BYTES)
    expect(readAgentLog({ ...beginning, text: '' }).truncated).toBe(false)
  })

  test('that is not there is empty', async () => {
    expect(await readBeginning(join(folder, 'none'))).toEqual({ text: '', bytes: 0 })
  })
})
