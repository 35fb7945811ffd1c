import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { followLog } from './followLog.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'loadwright-log-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const line = (level: string, text: string, fields = '') =>
  `time="x" level=${level} msg=${JSON.stringify(text)}${fields}\n`

test('k6’s warnings and the script’s errors are said once, and not more than a few', async () => {
  const said: string[] = []
  const file = join(folder, 'k6.log')
  const { close } = followLog({ file, bundle: 'x.js', locate: undefined, say: (text) => said.push(text) })
  for (let index = 0; index < 5; index++) appendFileSync(file, line('warning', 'Insufficient VUs'))
  appendFileSync(
    file,
    line('error', 'TypeError: x\n\tat default (https://x.example/t.js:7:27(7))\n', ' executor=a'),
  )
  appendFileSync(file, line('error', 'the author’s own', ' source=console'))
  appendFileSync(file, line('error', 'thresholds on metrics x were crossed'))
  appendFileSync(file, line('error', 'test aborted: down at default (file:///t.js:1:1(1))'))
  appendFileSync(file, line('error', 'test run stopped from REST API', ' instance_id=1'))
  appendFileSync(file, line('info', 'nothing new'))
  for (let index = 0; index < 20; index++) appendFileSync(file, line('warning', `odd \u001b[31m${index}`))
  await close()
  expect(said.slice(0, 2)).toEqual([
    'k6 warning: Insufficient VUs',
    'k6 error: TypeError: x (https://x.example/t.js:7)',
  ])
  expect(said).toHaveLength(11)
  expect(said.join('')).not.toContain('\u001b')
  expect(said.at(-1)).toBe(`k6 says more: see ${file}`)
})

test('a log that never comes is no trouble', async () => {
  const { close } = followLog({
    file: join(folder, 'none'),
    bundle: '',
    locate: undefined,
    say: () => undefined,
  })
  await expect(close()).resolves.toBeUndefined()
})
