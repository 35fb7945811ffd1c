import { expect, test } from 'vitest'
import type { CloudEnded } from './execute.ts'
import { textsOf } from '../record/index.ts'
import { judgeCloud } from './outcome.ts'
import type { CloudFacts } from './rules.ts'

const LINK = 'https://example.grafana.net/a/k6-app/runs/7'
const STARTED = { link: LINK, status: 'Finished' }

function judged(ended: Partial<CloudEnded>, more: Partial<CloudFacts> = {}) {
  const { verdict, reasons, exitCode } = judgeCloud({
    ended: {
      code: 0,
      interrupted: false,
      timedOut: false,
      killed: false,
      errors: [],
      ...ended,
    },
    console: { rows: [], targets: [] },
    timeout: 960_000,
    thresholds: 3,
    ...more,
  })
  return [exitCode, verdict, ...textsOf(reasons)]
}

test.each<[string, Partial<CloudEnded>, unknown[]]>([
  ['finished', STARTED, [0, 'pass', '3 thresholds held, as Grafana Cloud judges them']],
  [
    'aborted there: k6 ends with 0',
    { ...STARTED, status: 'Aborted (by user)' },
    [96, 'invalid', 'the run was ended in Grafana Cloud before its time: Aborted (by user)'],
  ],
  ['0 without a word', { link: LINK }, [96, 'invalid', 'k6 ended without saying how the run ended']],
  ['99', { ...STARTED, code: 99 }, [99, 'fail', 'a threshold was crossed, as Grafana Cloud judges it']],
  [
    '97',
    { ...STARTED, code: 97 },
    [96, 'invalid', 'Grafana Cloud ended the run with an error (status: Finished)'],
  ],
  ['98', { link: LINK, code: 98 }, [96, 'invalid', 'Grafana Cloud never said how the run was doing']],
  ['105', { link: LINK, code: 105 }, [105, 'invalid', 'the run was interrupted before its end']],
  ['109', { link: LINK, code: 109 }, [96, 'invalid', 'k6 itself crashed']],
  ['no k6', { code: undefined, failure: 'ENOENT' }, [96, 'invalid', 'k6 could not be started: ENOENT']],
  ['killed by another', { ...STARTED, code: undefined }, [96, 'invalid', 'k6 was killed before its end']],
  ['lost', { link: LINK, code: 255, errors: ['no more'] }, [96, 'invalid', 'k6 lost the run: no more']],
])('%s', (_, ended, expected) => {
  expect(judged(ended)).toEqual(expected)
})

test.each([
  ['(401/error) Invalid token', 104, 'Grafana Cloud refused the token for this stack and project: '],
  ['starting test: (403) no', 104, 'Grafana Cloud refused the token for this stack and project: '],
  ['failed to authenticate with k6 Cloud', 104, 'Grafana Cloud refused the token '],
  ['(400/error) load zone', 104, 'Grafana Cloud refused the test: '],
  ['uploading test: (404/error) no project', 104, 'Grafana Cloud refused the test: '],
  ['unknown flag: --nope', 104, 'k6 refused it: '],
  ['invalid argument "x" for "-u, --vus" flag', 104, 'k6 refused it: '],
  ['(429/error) slow down', 96, 'Grafana Cloud did not start the run: '],
  ['(503/error) down', 96, 'Grafana Cloud did not start the run: '],
  ['Post "http://127.0.0.1:1/": connection refused', 96, 'Grafana Cloud did not start the run: '],
])('255 before a start, %s, exits %i', (error, code, words) => {
  const [exitCode, verdict, reason] = judged({ code: 255, errors: ['an earlier one', error] })
  expect({ exitCode, verdict }).toEqual({ exitCode: code, verdict: 'invalid' })
  expect(reason).toContain(words)
  expect(reason).toContain(error)
})

test('an end before its time says what is known of the run in the cloud', () => {
  const aborted = { ...STARTED, status: 'Aborted (by user)', code: 97 }
  expect(judged({ ...aborted, interrupted: true })).toEqual([
    ...[105, 'invalid', 'the run was interrupted before its end, and was aborted in Grafana Cloud'],
  ])
  expect(judged({ link: LINK, code: undefined, killed: true, timedOut: true })).toEqual([
    ...[96, 'invalid'],
    `the run did not end within 16m (--timeout); it may be going on in Grafana Cloud: ${LINK}`,
  ])
  expect(judged({ code: undefined, interrupted: true })).toEqual([
    ...[105, 'invalid', 'the run was interrupted before its end'],
  ])
})

test('what the library logged goes before what the cloud made of it', () => {
  const targets = [{ target: 'https://shop.example', error: 'refused' }]
  expect(judged({ ...STARTED, code: 97 }, { console: { rows: [], targets } })).toEqual([
    ...[96, 'invalid', 'the target https://shop.example does not answer: refused'],
  ])
})

test('without thresholds nothing was judged; where they are not known, k6 is believed', () => {
  expect(judged(STARTED, { thresholds: 0 })).toEqual([
    ...[95, 'inconclusive', 'nothing was judged: the script has no thresholds'],
  ])
  expect(judged(STARTED, { thresholds: undefined })).toEqual([
    ...[0, 'pass', 'the thresholds held, as Grafana Cloud judges them'],
  ])
})
