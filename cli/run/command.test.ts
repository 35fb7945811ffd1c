import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { k6Arguments, recorderEnvironment, shellText } from './command.ts'
import type { Plan } from './plan.ts'

const plan = { variables: { PROFILE: 'load', SUMMARY: 'text', RUN_ID: 'mine' } } as unknown as Plan
const where = { id: 'run-1', folder: '/r/run-1', bundle: '/p/dist/shop.js' }

test('k6 is told every setting that was given, and writes console and figures into the folder', () => {
  expect(shellText(['k6', ...k6Arguments(plan, where)])).toMatchInlineSnapshot(
    `"k6 run -e PROFILE=load -e SUMMARY=none -e RUN_ID=run-1 --tag testid=run-1 --console-output /r/run-1/console.log --summary-export /r/run-1/k6-summary.json --out experimental-prometheus-rw /p/dist/shop.js"`,
  )
})

test('the author’s own variables and arguments come after ours, the bundle last', () => {
  const args = k6Arguments(plan, { ...where, env: ['USER=a b', 'X='], more: ['--quiet', '--tag', 'team=x'] })
  expect(args.slice(-6)).toEqual(
    ['experimental-prometheus-rw', '--quiet', '--tag', 'team=x', '/p/dist/shop.js'].toSpliced(0, 0, '--out'),
  )
  expect(args.join(' ')).toContain('-e USER=a b -e X=')
})

test('k6 pushes histograms to the recorder every second', () => {
  expect(recorderEnvironment('http://127.0.0.1:9/write')).toMatchInlineSnapshot(`
    {
      "K6_FEATURES": "native-histograms",
      "K6_PROMETHEUS_RW_PUSH_INTERVAL": "1s",
      "K6_PROMETHEUS_RW_SERVER_URL": "http://127.0.0.1:9/write",
      "K6_PROMETHEUS_RW_STALE_MARKERS": "true",
    }
  `)
})

test('a shell gives the words back, whatever is in them', () => {
  const word = fc.string({
    unit: fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...Array.from('\'"\\$`!*?[]{}~#&|;<>() \t\n=%a-')) },
      fc.string(),
    ),
  })
  const lists = fc.sample(
    fc.array(
      word.map((text) => text.replaceAll('\0', '')),
      { maxLength: 6 },
    ),
    200,
  )
  const script = lists.map((words) => shellText(['printf', '%s\\0', '-', ...words])).join('\n')
  const said = execFileSync('sh', ['-c', script]).toString('utf8').split('\0').slice(0, -1)
  expect(said).toEqual(
    lists.flatMap((words) => ['-', ...words.map((text) => Buffer.from(text).toString('utf8'))]),
  )
})

test('plain words stay plain', () => {
  expect(shellText(['k6', 'run', '-e', 'A=1', '', "it's", 'a b'])).toBe(
    String.raw`k6 run -e A=1 '' 'it'\''s' 'a b'`,
  )
})
