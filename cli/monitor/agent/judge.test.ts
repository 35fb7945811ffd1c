import { expect, test } from 'vitest'
import type { Exit } from './exitWords.ts'
import { judgePass } from './judge.ts'
import { readAgentLog } from './log.ts'
import type { Registered } from './registry.ts'

const series = [{ name: 'probe_own', labels: {}, value: 1 }]
const whole: Registered = { series, unreadable: [], conflicts: [] }
const error = (msg: string, more = ''): string => `level=error msg=${JSON.stringify(msg)}${more}\n`
const judged = (exit: Partial<Exit>, log = '', metrics: Partial<Registered> = {}) =>
  judgePass({
    exit: { code: 0, killed: false, ...exit },
    timeout: 15_000,
    log: readAgentLog({ text: log, bytes: log.length }),
    metrics: { ...whole, ...metrics },
  })

test('an end without a mark is up', () => {
  expect(judged({}, 'level=error msg=x source=console\n')).toEqual({
    up: true,
    dropped: false,
    reasons: [],
    series,
  })
})

test.each<[string, Parameters<typeof judged>, object]>([
  [
    'a failed run says what the script said',
    [{ code: 110 }, error('test marked as failed: checkout: a; b') + error('test run was marked as failed')],
    { errorCode: 'aborted', reasons: ['exit code 110, the script failed the run: checkout: a; b'] },
  ],
  [
    'a failed run that threw as well says both',
    [{ code: 110 }, error('test marked as failed: a') + error('Error: b\n\tat x', ' source=stacktrace')],
    {
      errorCode: 'aborted',
      reasons: ['exit code 110, the script failed the run: a', 'the script threw: Error: b'],
    },
  ],
  [
    'an aborted run says why once, without its place',
    [{ code: 108 }, error('test aborted: stop at default (file:///tmp/1.js:2:45(6))').repeat(2)],
    { errorCode: 'aborted', reasons: ['exit code 108, the script aborted the run: stop'] },
  ],
  [
    'an exception has its first line',
    [{}, error('Error: thrown\n\tat default (file:///tmp/1.js:1:36(3))\n', ' source=stacktrace')],
    { errorCode: 'aborted', reasons: ['the script threw: Error: thrown'] },
  ],
  [
    'a promise nobody caught',
    [{}, error('Uncaught (in promise) Error: x\n\tat y')],
    { errorCode: 'failed', reasons: ['a promise was rejected and not caught: Error: x'] },
  ],
  [
    'a configuration that k6 refuses',
    [
      { code: 104 },
      error("There were problems:\n\t- executor default: function 'default' not found in exports"),
    ],
    {
      errorCode: 'aborted',
      reasons: [
        "exit code 104, k6 refused the script’s options or exports: There were problems: - executor default: function 'default' not found in exports",
      ],
    },
  ],
  [
    'an exit that the agent takes for its own',
    [{ code: 255 }, error('no exported functions in script')],
    {
      series: [],
      reasons: [
        'exit code 255, the agent takes this for a failure of its own: no exported functions in script',
      ],
    },
  ],
  [
    'the timeout, whatever the log says',
    [{ code: undefined, killed: true }, 'msg="torn', { series: [] }],
    {
      errorCode: 'timeout',
      reasons: ['k6 was killed at the timeout of 15s, before it wrote any metrics'],
      series: [],
    },
  ],
  [
    'a signal from outside',
    [{ code: undefined }, '', { series: [] }],
    { errorCode: 'aborted', reasons: ['k6 was ended by a signal'], series: [] },
  ],
  [
    'a crash, of which only the terminal tells',
    [{ code: 2, printed: 'time="x" level=debug\npanic: runtime error\ngoroutine 1' }, '', { series: [] }],
    { errorCode: 'aborted', reasons: ['exit code 2, k6 itself crashed: panic: runtime error'], series: [] },
  ],
  [
    'a k6 that is not there',
    [{ code: undefined, failure: 'spawn ENOENT' }],
    { reasons: ['k6 could not be started: spawn ENOENT'], series: [] },
  ],
  [
    'a log that cannot be read: no metrics either',
    [{}, 'msg="\\x1b"\n'],
    {
      reasons: [
        'the agent cannot read the log, and reads no metrics then: line 1 of the log has the escape \\x1b',
      ],
      series: [],
    },
  ],
  [
    'metrics that cannot be read',
    [{}, '', { series: [], unreadable: ['metric own: tag "a:b" …'] }],
    { reasons: ['the agent cannot read the metrics: metric own: tag "a:b" …'], series: [] },
  ],
])('down: %s', (_, given, expected) => {
  expect(judged(...given)).toEqual({ up: false, dropped: false, series, ...expected })
})

test('a conflict with the agent’s own metrics drops the execution and leaves its verdict', () => {
  const conflicts = ['metric success becomes probe_success, which is the agent’s own']
  expect(judged({}, '', { series: [], conflicts })).toEqual({
    up: true,
    dropped: true,
    series: [],
    reasons: [`nothing of this execution is published: ${conflicts[0]}`],
  })
  expect(judged({ code: 107 }, '', { series: [], conflicts })).toMatchObject({ up: false, dropped: true })
})
