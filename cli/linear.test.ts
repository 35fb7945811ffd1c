import { expect, test } from 'vitest'
import { initProblem } from './project/build/initProblem.ts'
import { withoutPlace } from './monitor/agent/causes.ts'
import { abortOf, logReader } from './k6/index.ts'
import { secretPairs } from './project/index.ts'
import { readExcerpt } from './verdict/index.ts'
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
