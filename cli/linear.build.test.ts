import { expect, test } from 'vitest'
import { namedIn } from '../config/namedIn.ts'
import { redact, withoutTags } from '../config/redact.ts'
import { readCsv } from './project/build/csv.ts'
import { initProblem } from './project/build/initProblem.ts'
import { withoutPlace } from './monitor/agent/causes.ts'
import { abortOf, logReader, readConsole } from './k6/index.ts'
import { secretPairs } from './project/index.ts'
import { clustersOf, readExcerpt, tellingPart } from './verdict/index.ts'
import { withoutIds } from './verdict/forensics/manyNames.ts'

/** Each would take minutes to what reads it in quadratic time. */
const HOSTILE = [
  'a',
  ' ',
  '“',
  "'",
  '"',
  ' at ',
  ' at (',
  '(',
  ':1',
  ':',
  '-',
  'a:1:1 ',
  '\t',
  '\\',
  '<',
  '{"a":',
]
const texts = HOSTILE.map((part) => [part, part.repeat(1e6 / part.length)] as const)

test.each(texts)('10⁶ characters of %j are read in linear time', (_, text) => {
  expect(withoutIds(text)).toBeTypeOf('string')
  expect(withoutPlace(text)).toBeTypeOf('string')
  expect(secretPairs([`A=x://${text}`])).toHaveLength(0)
  expect(readExcerpt(text)).toBeTypeOf('string')
  abortOf(`test aborted: ${text}`)
  const { line } = logReader()
  for (const level of ['error', 'info'])
    expect(
      line(`time="2026-11-29T15:00:00Z" level=${level} msg="${text}" error="${text} source=console`),
    ).toBeTypeOf('string')
  expect(initProblem(new TypeError(text), 'a.ts')).toContain('a.ts: TypeError: ')
})

test('what is read in linear time is read as before', () => {
  expect(withoutIds('order 12, id a-1b of cart')).toBe('order #, id # of cart')
  expect(withoutPlace('no stock (x) at buy at go (file:///a.js:3:4(12))')).toBe('no stock (x)')
  expect(withoutPlace('looked at it (twice)')).toBe('looked at it (twice)')
  const error = new TypeError('no')
  error.stack = 'TypeError: no\n    at b.ts:1:2\n    at f (suites/a.ts:3:4)'
  expect(initProblem(error, 'x', '{"sources":["suites/a.ts"],"sourcesContent":[null]}')).toBe(
    'suites/a.ts:3:4: TypeError: no',
  )
})

test('a million characters of a page are read in no time', () => {
  for (const text of [
    '<'.repeat(1e6),
    '&'.repeat(1e6),
    '<a '.repeat(3e5),
    'error. '.repeat(1e5),
    '. '.repeat(5e5),
  ])
    expect(tellingPart(readExcerpt(text)).length).toBeLessThan(200)
})

test('long texts without an end to them are no trouble: quadratic work on these would take hours', () => {
  const parts = [
    ...[
      'a',
      '1 ',
      '"',
      '?a&',
      'token',
      'token ',
      'token=',
      'token:',
      'token a="b" ',
      'token" a="b" ',
      '<token ',
    ],
    ...[
      'token"',
      'token\\',
      'a.',
      'a@',
      '://',
      '://a',
      '<',
      '<script ',
      '&quot;',
      'token&quot;:&quot;',
      '%3A',
      '😀',
    ],
    ...[
      'password: ',
      'password: x',
      '{',
      'token:{',
      "token:'",
      "''",
      'bearer ',
      'eyJ',
      '-BEGIN ',
      'é',
      'keyerror',
    ],
  ]
  for (const part of parts) {
    const text = part.repeat(300_000 / part.length)
    expect(redact(text).length + withoutTags(`<html>${text}`).length).toBeGreaterThan(0)
  }
})

test('secrets and endless texts do not reach the record', () => {
  const long = String.raw`\n\tat `.repeat(300_000)
  const { thrown } = readConsole(
    String.raw`time="x" level=error msg="Error: https://x.example/?token=hunter2abc ${long}" executor=a source=stacktrace`,
  )
  expect(JSON.stringify(thrown)).not.toContain('hunter2abc')
  expect(JSON.stringify(thrown).length).toBeLessThan(2000)
})

test('a hundred thousand events are no trouble', () => {
  const failed = { journey: 'checkout', step: 'pay', phase: 'steady', kind: 'check', what: 'paid' } as const
  const events = Array.from({ length: 150_000 }, (_, vu) => ({ ...failed, count: 1, vu, at: vu }))
  expect(clustersOf(events)).toMatchObject([{ count: 150_000 }])
})

test('a large file is read in seconds', () => {
  const line = `${'x'.repeat(38)},${'y'.repeat(40)}\n`
  expect(readCsv(Buffer.from(`a,b\n${line.repeat(100_000)}`))).toHaveLength(100_000)
})

test('names are found in time that is in proportion to the text', () => {
  for (const part of [
    'a',
    '"a',
    '<a ',
    'a=',
    'a:',
    '<a>',
    "'",
    'a.b-',
    '\\"',
    'a: b #\n',
    'a:\n- b\n',
    'value=a ',
    'a: |\n ',
    'a = ',
  ])
    expect(namedIn(part.repeat(200_000 / part.length)).length).toBeLessThan(200_001)
})
