import fc from 'fast-check'
import { expect, test } from 'vitest'
import { EXIT } from '../base/index.ts'
import type { ThresholdResult } from '../k6/index.ts'
import { judge } from './verdict.ts'
import type { Facts } from './facts.ts'
import { textsOf } from '../record/index.ts'

const held: ThresholdResult = { metric: 'checks', threshold: 'rate>0.9', result: 'pass', value: 1 }
const crossed: ThresholdResult = {
  metric: 'http_req_duration',
  threshold: 'p(95)<800',
  result: 'fail',
  value: 912.3456,
}
const silent: ThresholdResult = {
  metric: 'journey_failed',
  threshold: 'rate<0.01',
  result: 'no samples',
  value: 0,
}
const rows = { pool: 'products', bad: ['A', 'B'], of: 9, statuses: '404', action: 'abort' } as const
const dead = { target: 'http://127.0.0.1:1', error: 'connection refused' }
const down = { statuses: ['503'], silent: false, requests: 6 }
const DOWN = 'the target answered 503 to every request (6): it is failing'
const unanswered = { statuses: [], silent: true, requests: 6 }
const UNANSWERED = 'the target answered none of 6 requests'
const over = { k6: 99, thresholds: [crossed] }
const OVER = 'http_req_duration: p(95)<800 was crossed (912.346)'
const GOOD: Facts = {
  k6: 0,
  interrupted: false,
  thresholds: [held],
  iterations: 100,
  dropped: 0,
  tunnelErrors: 0,
  checks: 100,
  failedChecks: 0,
  script: false,
  replaced: false,
  singlePass: false,
  rows: [],
  targets: [],
}

const CASES: [name: string, facts: Partial<Facts>, exitCode: number, verdict: string, reasons: string[]][] = [
  ['all held', {}, 0, 'pass', ['1 threshold held']],
  [
    'interrupted',
    { interrupted: true, k6: undefined },
    105,
    'invalid',
    ['the run was interrupted before its end'],
  ],
  ['k6 says interrupted', { k6: 105 }, 105, 'invalid', ['the run was interrupted before its end']],
  [
    'interrupted over all else',
    { interrupted: true, k6: 104, thresholds: [crossed], targets: [dead], dropped: 100 },
    105,
    'invalid',
    ['the run was interrupted before its end'],
  ],
  ['ended by a guard', { stopped: 'too fast', k6: 105, thresholds: [crossed] }, 96, 'invalid', ['too fast']],
  [
    'refused by k6',
    { k6: 104, thresholds: [], iterations: 0 },
    104,
    'invalid',
    ['k6 refused the options before it sent anything: the least DURATION that it takes is 1 s'],
  ],
  [
    'nobody there',
    { k6: 108, targets: [dead], iterations: 0 },
    96,
    'invalid',
    ['the target http://127.0.0.1:1 does not answer: connection refused'],
  ],
  [
    'bad rows',
    { k6: 108, rows: [rows], iterations: 0 },
    96,
    'invalid',
    ['2 of 9 rows of products are not known to the target (status 404): A, B'],
  ],
  ['a target that failed every request', { ...over, down }, 99, 'fail', [DOWN, OVER]],
  ['the same where nothing was judged', { down, thresholds: [], checks: 0 }, 99, 'fail', [DOWN]],
  ['the same where its checks hold', { down }, 0, 'pass', ['1 threshold held']],
  [
    'the same through a tunnel',
    { down, checks: 0, tunnelErrors: 3 },
    96,
    'invalid',
    ['the tunnel, not the target, answered 3 requests'],
  ],
  ['no answer to any request', { down: unanswered, checks: 0 }, 96, 'invalid', [UNANSWERED]],
  ['the same with a threshold', { ...over, down: unanswered }, 99, 'fail', [UNANSWERED, OVER]],
  ['bad rows in quarantine', { rows: [{ ...rows, action: 'quarantine' }] }, 0, 'pass', ['1 threshold held']],
  [
    'no row left',
    { rows: [{ ...rows, of: 2, action: 'quarantine' }] },
    96,
    'invalid',
    ['2 of 2 rows of products are not known to the target (status 404): A, B'],
  ],
  ['killed', { k6: undefined }, 96, 'invalid', ['k6 was killed before its end']],
  ['setup timeout', { k6: 100 }, 96, 'invalid', ['setup took too long']],
  ['teardown timeout', { k6: 101 }, 96, 'invalid', ['teardown took too long']],
  ['timeout', { k6: 102 }, 96, 'invalid', ['k6 ran into a timeout']],
  ['stopped by REST', { k6: 103 }, 96, 'invalid', ['the run was stopped through k6’s REST API']],
  ['REST', { k6: 106 }, 96, 'invalid', ['k6’s REST API could not start']],
  ['exception', { k6: 107 }, 96, 'invalid', ['the script ended with an error']],
  ['aborted', { k6: 108 }, 96, 'invalid', ['the run was aborted']],
  ['crashed', { k6: 109 }, 96, 'invalid', ['k6 itself crashed']],
  ['anything else of k6', { k6: 255 }, 96, 'invalid', ['k6 ended with exit code 255']],
  [
    'setup',
    { k6: 255, setup: ['TypeError: no token'] },
    96,
    'invalid',
    ['setup ended with an error: TypeError: no token'],
  ],
  [
    'the tunnel',
    { tunnelErrors: 3, tunnel: 'ERR_NGROK_3200' },
    96,
    'invalid',
    ['the tunnel, not the target, answered 3 requests (ERR_NGROK_3200)'],
  ],
  [
    'starved',
    { dropped: 2 },
    96,
    'invalid',
    [
      '2 of 102 iterations (2.0 %) were dropped because no VU was free: the target did not get the planned load',
    ],
  ],
  ['hardly starved', { dropped: 1 }, 0, 'pass', ['1 threshold held']],
  ['nothing done', { iterations: 0 }, 96, 'invalid', ['not one iteration was completed']],
  [
    'nothing measured',
    { thresholds: [held, silent] },
    96,
    'invalid',
    ['no samples for journey_failed rate<0.01: nothing was measured there'],
  ],
  [
    'invalid over failed',
    { k6: 99, thresholds: [crossed], dropped: 50, tunnelErrors: 1 },
    96,
    'invalid',
    [
      'the tunnel, not the target, answered 1 requests',
      '50 of 150 iterations (33 %) were dropped because no VU was free: the target did not get the planned load',
      'http_req_duration: p(95)<800 was crossed (912.346)',
    ],
  ],
  [
    'a threshold crossed',
    { k6: 99, thresholds: [held, crossed] },
    99,
    'fail',
    ['http_req_duration: p(95)<800 was crossed (912.346)'],
  ],
  ['k6 alone says so', { k6: 99 }, 99, 'fail', ['a threshold was crossed']],
  [
    'the summary alone says so',
    { k6: 0, thresholds: [{ ...crossed, value: 900 }] },
    99,
    'fail',
    ['http_req_duration: p(95)<800 was crossed (900)'],
  ],
  ['marked as failed', { k6: 110 }, 99, 'fail', ['the script marked the run as failed']],
  [
    'marked as failed, with reasons',
    {
      k6: 110,
      said: ['test marked as failed: no stock', 'test marked as failed', 'a: b'].concat(
        ['2', '3', '4'].map((which) => `test marked as failed: cart ${which}\nis empty`),
      ),
    },
    99,
    'fail',
    ['the script marked the run as failed: no stock; cart 2 is empty; cart 3 is empty; and 1 more'],
  ],
  [
    'a threshold crossed, while another had nothing to judge',
    { k6: 99, thresholds: [crossed, silent] },
    99,
    'fail',
    [
      'http_req_duration: p(95)<800 was crossed (912.346)',
      'no samples for journey_failed rate<0.01: nothing was measured there',
    ],
  ],
  [
    'a threshold that ended the run before an iteration had ended',
    { k6: 99, thresholds: [crossed], iterations: 0 },
    99,
    'fail',
    ['http_req_duration: p(95)<800 was crossed (912.346)'],
  ],
  [
    'a threshold without samples that ended the run',
    { k6: 99, thresholds: [silent], iterations: 0 },
    96,
    'invalid',
    ['not one iteration was completed'],
  ],
  [
    'rows that a failing target does not know',
    { k6: 108, rows: [{ ...rows, of: 2, statuses: '500' }], iterations: 0 },
    99,
    'fail',
    ['the target answered 500 to all 2 rows of products: it is failing'],
  ],
  [
    'a few rows at which a target fails',
    { k6: 108, rows: [{ ...rows, statuses: '500' }], iterations: 0 },
    96,
    'invalid',
    ['2 of 9 rows of products are not known to the target (status 500): A, B'],
  ],
  [
    'an abort',
    { k6: 108, aborted: 'token service is down (x.js:4)' },
    96,
    'invalid',
    ['the run was aborted: token service is down (x.js:4)'],
  ],
  [
    'iterations that never ended',
    { unfinished: [{ journey: 'buy', started: 3, interrupted: 3, step: 'pay' }] },
    96,
    'invalid',
    ['buy: 3 started, 3 interrupted in step pay: they had not ended when k6 stopped them'],
  ],
  [
    'iterations that never ended, and a crossed threshold',
    { k6: 99, thresholds: [crossed], unfinished: [{ started: 3, interrupted: 3 }] },
    99,
    'fail',
    [
      'http_req_duration: p(95)<800 was crossed (912.346)',
      '3 started, 3 interrupted: they had not ended when k6 stopped them',
    ],
  ],
  [
    'a few that k6 interrupts at the end',
    { unfinished: [{ journey: 'buy', started: 100, interrupted: 5 }] },
    0,
    'pass',
    ['1 threshold held'],
  ],
  [
    'an error of the test',
    { exceptions: [{ message: 'TypeError: x', count: 2, iterations: 2, bug: true }], thresholds: [crossed] },
    96,
    'invalid',
    [
      'the test has an error in 2 of 100 iterations: TypeError: x',
      'http_req_duration: p(95)<800 was crossed (912.346)',
    ],
  ],
  [
    'iterations that threw before their checks',
    {
      exceptions: [{ message: 'Error: broken', count: 9, iterations: 9, bug: false }],
      thresholds: [held, { ...silent, metric: 'checks', threshold: 'rate>=0.9' }],
    },
    96,
    'invalid',
    [
      'no samples for checks rate>=0.9: nothing was measured there',
      'the script threw in 9 of 100 iterations: Error: broken',
    ],
  ],
  [
    'a suite without checks',
    {
      checks: 0,
      thresholds: [held, { ...silent, metric: 'checks{phase:steady}' }],
      slos: ['checks{phase:steady}'],
    },
    0,
    'pass',
    ['1 threshold held'],
  ],
  [
    'scenarios replaced, and their phases with them',
    { replaced: true, thresholds: [{ ...silent, metric: 'checks{phase:steady}' }] },
    95,
    'inconclusive',
    [
      'thresholds were not evaluated, because -u, -d, -i or -s replaced the scenarios and their phases: checks{phase:steady} rate<0.01',
    ],
  ],
  [
    'scenarios replaced, and the environment’s phases with them',
    {
      replaced: true,
      thresholds: [{ ...silent, metric: 'checks{phase:steady}' }],
      slos: ['checks{phase:steady}'],
    },
    95,
    'inconclusive',
    ['nothing was judged: no threshold had samples'],
  ],
  [
    'an author’s threshold on checks that were never made',
    { checks: 0, thresholds: [held, { ...silent, metric: 'checks', threshold: 'rate>=0.9' }] },
    96,
    'invalid',
    ['no samples for checks rate>=0.9: nothing was measured there'],
  ],
  [
    'a script with a threshold on a Gauge that was never set',
    { script: true, checks: 0, thresholds: [{ ...silent, metric: 'queue_depth', threshold: 'value<5' }] },
    96,
    'invalid',
    ['no samples for queue_depth value<5: nothing was measured there'],
  ],
  [
    'a suite without HTTP',
    {
      http: false,
      thresholds: [held, { ...silent, metric: 'http_req_failed' }],
      slos: ['http_req_failed'],
    },
    0,
    'pass',
    ['1 threshold held'],
  ],
  [
    'a suite with a client of gRPC that made no calls',
    {
      idle: ['grpc_call_failed'],
      thresholds: [held, { ...silent, metric: 'grpc_call_failed{phase:steady}' }],
      slos: ['grpc_call_failed{phase:steady}'],
    },
    0,
    'pass',
    ['1 threshold held'],
  ],
  [
    'a suite whose HTTP requests were never made',
    { http: true, thresholds: [held, { ...silent, metric: 'http_req_failed' }], slos: ['http_req_failed'] },
    96,
    'invalid',
    ['no samples for http_req_failed rate<0.01: nothing was measured there'],
  ],
  [
    'a suite without HTTP whose author judges it',
    { http: false, thresholds: [held, { ...silent, metric: 'http_req_failed' }] },
    96,
    'invalid',
    ['no samples for http_req_failed rate<0.01: nothing was measured there'],
  ],
  [
    'a single pass',
    { replaced: true, singlePass: true, thresholds: [silent] },
    0,
    'pass',
    ['the single pass failed nothing'],
  ],
  [
    'a single pass that failed',
    { replaced: true, singlePass: true, thresholds: [], k6: 110 },
    99,
    'fail',
    ['the script marked the run as failed'],
  ],
  [
    'a single pass of nothing',
    { replaced: true, singlePass: true, iterations: 0 },
    96,
    'invalid',
    ['not one iteration was completed'],
  ],
  [
    'not to be started',
    { k6: undefined, failure: 'spawn EACCES' },
    96,
    'invalid',
    ['k6 could not be started: spawn EACCES'],
  ],
  [
    'nothing judged',
    { thresholds: [] },
    95,
    'inconclusive',
    ['nothing was judged: no threshold had samples'],
  ],
  ['a script whose checks held', { script: true, thresholds: [] }, 0, 'pass', ['100 checks held']],
  [
    'a script with a failed check',
    { script: true, thresholds: [], failedChecks: 3 },
    99,
    'fail',
    ['3 of 100 checks failed'],
  ],
  [
    'a script with thresholds is judged by these',
    { script: true, failedChecks: 3 },
    0,
    'pass',
    ['1 threshold held'],
  ],
  [
    'a script that judges nothing',
    { script: true, thresholds: [], checks: 0 },
    95,
    'inconclusive',
    ['nothing was judged: the script has no thresholds and makes no checks'],
  ],
]

test.each(CASES)('%s', (_, facts, exitCode, verdict, reasons) => {
  const judged = judge({ ...GOOD, ...facts })
  expect({ ...judged, reasons: textsOf(judged.reasons) }).toMatchObject({ verdict, reasons, exitCode })
})

test('a signal after the end has ended nothing, and is told', () => {
  expect(judge({ ...GOOD, interrupted: true })).toMatchObject({
    verdict: 'pass',
    notes: [
      {
        code: 'interrupted-late',
        text: 'a signal came after the load had ended; the verdict covers the whole run',
        data: {},
      },
    ],
  })
})

const facts: fc.Arbitrary<Facts> = fc.record({
  k6: fc.option(fc.constantFrom(0, 99, 110, 104, 105, 107, 108, 255), { nil: undefined }),
  interrupted: fc.boolean(),
  thresholds: fc.subarray([held, crossed, silent]),
  iterations: fc.nat({ max: 300 }),
  dropped: fc.nat({ max: 5 }),
  tunnelErrors: fc.nat({ max: 1 }),
  failedChecks: fc.nat(2),
  script: fc.boolean(),
  checks: fc.nat({ max: 1 }),
  replaced: fc.boolean(),
  singlePass: fc.boolean(),
  rows: fc.subarray([rows]),
  targets: fc.subarray([dead]),
})

test('of any facts: always a reason, the exit code of the verdict, and a pass only when nothing speaks against it', () => {
  const codes = { pass: [0], fail: [99], inconclusive: [95], invalid: [96, 104, 105] }
  fc.assert(
    fc.property(facts, (facts) => {
      const { verdict, reasons, exitCode } = judge(facts)
      expect(reasons.length).toBeGreaterThan(0)
      expect(codes[verdict]).toContain(exitCode)
      if (facts.interrupted && facts.k6 !== 0 && facts.k6 !== 110) expect(exitCode).toBe(EXIT.interrupted)
      if (verdict === 'pass' && facts.singlePass) expect(facts.thresholds).not.toContain(crossed)
      else if (verdict === 'pass') {
        const byChecks = facts.script && facts.thresholds.length === 0 && facts.checks > 0
        expect(facts).toMatchObject({ k6: 0, tunnelErrors: 0, rows: [], targets: [] })
        expect(facts.thresholds).toEqual(byChecks ? [] : [held])
        if (byChecks) expect(facts.failedChecks).toBe(0)
        expect(facts.iterations).toBeGreaterThan(0)
      }
    }),
    { numRuns: 500 },
  )
})
