import pc from 'picocolors'
import { expect, test } from 'vitest'
import type { Finding } from './check.ts'
import { fails, checkJson, checkText } from './report.ts'
import type { Checked } from './targets.ts'

const finding = (rule: string, severity: Finding['severity']): Finding => ({
  rule,
  severity,
  where: 'a.js:1:1',
  got: 'open()',
  why: 'exit 107',
  fix: 'do not',
})
const checked = (target: string, ...findings: Finding[]): Checked => ({
  target,
  kind: 'scripted',
  bytes: 2048,
  published: { series: 24, bytes: 4096 },
  findings,
})

const plain = (text: string): string => (pc.isColorSupported ? text.replace(/\u001b\[\d+m/g, '') : text) // eslint-disable-line no-control-regex -- colours

test('findings by script, with a mark, and a line that counts them', () => {
  const text = checkText([checked('a', finding('open', 'error'), finding('ascii', 'warning'))])
  expect(plain(text)).toBe(`a  scripted, 2.0 KiB, about 24 series in 4 KiB
  ✗ open  a.js:1:1  open()
      exit 107
      → do not
  ! ascii  a.js:1:1  open()
      exit 107
      → do not

1 error, 1 warning in 1 script`)
})

test('what every script has is told once', () => {
  const text = plain(
    checkText([
      checked('a', finding('ascii', 'warning')),
      checked('b', finding('ascii', 'warning'), finding('open', 'error')),
    ]),
  )
  expect(text.split('\n').filter((line) => /^\S/.test(line))).toEqual([
    ...['a  scripted, 2.0 KiB, about 24 series in 4 KiB', 'b  scripted, 2.0 KiB, about 24 series in 4 KiB'],
    ...['all 2 scripts', '1 error, 2 warnings in 2 scripts'],
  ])
  expect(text.match(/! ascii/g)).toHaveLength(1)
})

test('as JSON: a flat list, each finding with its target', () => {
  expect(checkJson([checked('a'), checked('b', finding('ascii', 'warning'))])).toEqual({
    ok: true,
    findings: [{ target: 'b', ...finding('ascii', 'warning') }],
    targets: ['a', 'b'].map((target) => ({
      target,
      kind: 'scripted',
      bytes: 2048,
      published: { series: 24, bytes: 4096 },
    })),
  })
})

test('warnings alone do not fail', () => {
  expect(fails([checked('a', finding('ascii', 'warning'))])).toBe(false)
  expect(fails([checked('a'), checked('b', finding('open', 'error'))])).toBe(true)
  expect(fails([])).toBe(false)
})
