import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { debianProgram } from '../../../test/engine/debian.ts'
import { folder } from '../../../test/engine/harness.ts'
import type { About } from '../about.ts'
import { ABOUT } from '../../../test/doubles/about.ts'
import { ruleFiles } from './index.ts'

const TESTS = fileURLToPath(new URL('tests', import.meta.url))
const tests = readdirSync(TESTS)

const promtool = (...args: string[]): { code: number | null; said: string } => {
  const { status, stdout, stderr } = spawnSync(debianProgram('promtool', 'prometheus'), args, {
    encoding: 'utf8',
  })
  return { code: status, said: stdout + stderr }
}

/** Rule files beside their tests, as promtool reads them. */
function written(about: About): string {
  const place = folder()
  mkdirSync(join(place, 'rules'))
  mkdirSync(join(place, 'tests'))
  for (const { path, text } of ruleFiles(about)) writeFileSync(join(place, path), text)
  for (const name of tests) copyFileSync(join(TESTS, name), join(place, 'tests', name))
  return place
}
const rulesIn = (place: string): string[] =>
  readdirSync(join(place, 'rules')).map((name) => join(place, 'rules', name))

test('promtool accepts the rules, of suites with and without anything declared', () => {
  const bare: About = { ...ABOUT, own: [], slos: [] }
  for (const about of [ABOUT, bare, { ...bare, monitors: [] }]) {
    const { code, said } = promtool('check', 'rules', '--lint-fatal', ...rulesIn(written(about)))
    expect(code, said).toBe(0)
  }
})

test.each(tests)('promtool: %s', (name) => {
  const { code, said } = promtool('test', 'rules', join(written(ABOUT), 'tests', name))
  expect(code, said).toBe(0)
})

test('each alert has a test in which it fires', () => {
  const files = ruleFiles(ABOUT).map(
    ({ text }) => parse(text) as { groups: { rules: { alert?: string }[] }[] },
  )
  const alerts = files.flatMap(({ groups }) => groups.flatMap(({ rules }) => rules.map(({ alert }) => alert)))
  const expected = tests.flatMap((name) => {
    const { stdout } = spawnSync('cat', [join(TESTS, name)], { encoding: 'utf8' })
    return Array.from(stdout.matchAll(/alertname(?:="|: )(\w+)/g), ([, alert]) => alert)
  })
  expect([...new Set(alerts)].filter((alert) => alert !== undefined && !expected.includes(alert))).toEqual([])
})
