import { expect, test } from 'vitest'
import { readConsole } from './console.ts'
import { abortOf } from './thrown.ts'

/** As k6 2.2.0 wrote it. */
const LOG = String.raw`time="2026-11-29T13:20:23Z" level=error msg="Error: broken\n\tat default (file:///tmp/a/t.js:7:27(7))\n" executor=shared-iterations hint="script exception" scenario=default source=stacktrace
time="2026-11-29T13:20:24Z" level=error msg="Error: broken\n\tat default (file:///tmp/a/t.js:7:27(7))\n" executor=shared-iterations hint="script exception" scenario=default source=stacktrace
time="2026-11-29T13:20:23Z" level=error msg="Uncaught (in promise) TypeError: Cannot read property 'x' of undefined\n\tat boom (file:///tmp/a/t.js:5:30(2))\n\tat default (file:///tmp/a/t.js:9:27(22))\n" executor=shared-iterations scenario=default
time="2026-11-29T13:20:23Z" level=error msg="GoError: login failed\n\tat go.k6.io/k6/v2/internal/js/modules/k6.(*K6).Fail-fm (native)\n\tat default (file:///tmp/a/t.js:10:25(33))\n" executor=shared-iterations hint="script exception" scenario=default source=stacktrace
time="2026-11-29T13:20:23Z" level=error msg="str\nline\n\tat default (file:///tmp/a/t.js:11:21(40))\n" executor=shared-iterations hint="script exception" scenario=default source=stacktrace
time="2026-11-29T13:20:10Z" level=error msg="ReferenceError: nope is not defined\n\tat file:///tmp/a/i.js:2:5(18)\n" hint="script exception" source=stacktrace
time="2026-11-29T13:20:23Z" level=warning msg="Request Failed" error="Get \"http://127.0.0.1:1/x\": dial tcp 127.0.0.1:1: connect: connection refused"
time="2026-11-29T13:20:24Z" level=warning msg="Request Failed" error="Get \"http://127.0.0.1:1/x\": dial tcp 127.0.0.1:1: connect: connection refused"
time="2026-11-29T13:20:23Z" level=error msg="a script’s own\n\tat nothing" source=console
time="2026-11-29T13:20:23Z" level=error msg="test aborted: token service is down at default (file:///tmp/a/t.js:14:18(61))"
`

test('what k6 says of a script’s errors is told apart from its other lines, the same once', () => {
  const { thrown, said, own } = readConsole(LOG)
  const at = (line: number, column: number, file = 'file:///tmp/a/t.js') => ({ file, line, column })
  expect(thrown).toEqual([
    { message: 'Error: broken', frames: [at(7, 27)], iteration: true, count: 2 },
    {
      message: `TypeError: Cannot read property 'x' of undefined`,
      frames: [at(5, 30), at(9, 27)],
      iteration: true,
      count: 1,
    },
    { message: 'login failed', frames: [at(10, 25)], iteration: true, count: 1 },
    { message: 'str line', frames: [at(11, 21)], iteration: true, count: 1 },
    {
      message: 'ReferenceError: nope is not defined',
      frames: [at(2, 5, 'file:///tmp/a/i.js')],
      iteration: false,
      count: 1,
    },
  ])
  expect(said).toEqual([
    {
      level: 'warning',
      text: 'Request Failed: Get "http://127.0.0.1:1/x": dial tcp 127.0.0.1:1: connect: connection refused',
      count: 2,
    },
    {
      level: 'error',
      text: 'test aborted: token service is down at default (file:///tmp/a/t.js:14:18(61))',
      count: 1,
    },
  ])
  expect(own).toEqual([{ level: 'error', text: 'a script’s own\n\tat nothing' }])
})

test('an abort’s own text is read, with its place', () => {
  expect(abortOf('test aborted: token service is down at default (file:///tmp/a/t.js:14:18(61))')).toEqual({
    reason: 'token service is down',
    place: { file: 'file:///tmp/a/t.js', line: 14, column: 18 },
  })
  expect(abortOf('test aborted: look at me at file:///a.js:1:2(3)')?.reason).toBe('look at me')
  expect(abortOf('test aborted: nobody at home')?.reason).toBe('nobody at home')
  expect(abortOf('thresholds on metrics were crossed')).toBeUndefined()
})

test('errors of ever other texts stay few, and none is lost from the count', () => {
  const lines = Array.from(
    { length: 3000 },
    (_, index) =>
      String.raw`time="x" level=error msg="Error: order ${index}\n\tat default (file:///t.js:7:27(7))\n" executor=a source=stacktrace`,
  )
  const { thrown } = readConsole(lines.join('\n'))
  expect(thrown.length).toBeLessThanOrEqual(100)
  expect(thrown.reduce((sum, { count }) => sum + count, 0)).toBe(3000)
})

test('secrets do not reach the record', () => {
  const { thrown } = readConsole(
    String.raw`time="x" level=error msg="Error: https://x.example/?token=hunter2abc" executor=a source=stacktrace`,
  )
  expect(JSON.stringify(thrown)).not.toContain('hunter2abc')
})
