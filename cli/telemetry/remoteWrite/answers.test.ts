import { expect, test } from 'vitest'
import { meaningOf } from './answers.ts'

test.each([
  [200, '', 'taken'],
  [204, '', 'taken'],
  [400, 'out of bounds', 'old'],
  [400, 'too old sample', 'old'],
  [
    400,
    'the sample has been rejected because its timestamp is too old (err-mimir-sample-timestamp-too-old)',
    'old',
  ],
  [400, 'received a sample whose timestamp is too far in the past (err-mimir-too-far-in-past)', 'old'],
  [400, 'out of order sample', 'known'],
  [400, 'duplicate sample for timestamp', 'known'],
  [
    400,
    'rejected because another sample with a more recent timestamp has already been ingested and out-of-order samples are not allowed (err-mimir-sample-out-of-order)',
    'known',
  ],
  [409, 'store locally for endpoint: conflict', 'known'],
  [400, 'label name "a b" is invalid', 'bad'],
  [413, 'too large', 'large'],
  [500, 'native histograms are disabled', 'native'],
  [400, 'native histograms are disabled', 'native'],
  [500, 'no space left on device', 'later'],
  [429, '', 'later'],
  [408, '', 'later'],
  [503, '', 'later'],
  [401, '', 'refused'],
  [403, '', 'refused'],
  [404, 'remote write receiver needs to be enabled', 'refused'],
  [301, '', 'refused'],
])('%d %j is %s', (status, text, is) => {
  expect(meaningOf({ status, text })).toMatchObject({ is })
})

test.each([
  ['7', 7000],
  ['Wed, 21 Oct 2026 07:28:30 GMT', 30_000],
  ['Wed, 21 Oct 2026 07:27:00 GMT', 0],
  ['soon', undefined],
])('Retry-After %j is a wait of %j ms', (retryAfter, wait) => {
  const now = Date.parse('2026-10-21T07:28:00Z')
  expect(meaningOf({ status: 429, text: '', retryAfter }, now)).toMatchObject({
    is: 'later',
    ...(wait === undefined ? {} : { wait }),
  })
  expect('wait' in meaningOf({ status: 429, text: '', retryAfter }, now)).toBe(wait !== undefined)
})

test('a redirect is named without its query, and not followed', () => {
  const location = 'https://login.example.com/a?token=abc'
  expect(meaningOf({ status: 302, text: '', location })).toEqual({
    is: 'refused',
    why: 'answers 302: it leads to https://login.example.com/a: give that URL, which is not followed',
  })
})

test('a 401 says which variables open the server', () => {
  expect(meaningOf({ status: 401, text: 'no token' })).toMatchObject({
    why: expect.stringContaining('K6_PROMETHEUS_RW_BEARER_TOKEN') as string,
  })
})
