import { expect, test } from 'vitest'
import { noAnswerReason } from './noAnswerReason.ts'

const coded = (code: string, message = ''): Error => Object.assign(new Error(message), { code })

test.each([
  ['fetch', new TypeError('fetch failed', { cause: coded('ECONNREFUSED') }), 'ECONNREFUSED'],
  ['node:http', coded('ENOTFOUND', 'getaddrinfo ENOTFOUND x'), 'ENOTFOUND'],
  ['no code', new TypeError('fetch failed', { cause: new Error('bad port') }), 'bad port'],
  ['no cause', new TypeError('fetch failed'), 'fetch failed'],
  [
    'an unknown CA',
    coded('DEPTH_ZERO_SELF_SIGNED_CERT'),
    'DEPTH_ZERO_SELF_SIGNED_CERT: name the file of its CA in NODE_EXTRA_CA_CERTS',
  ],
  [
    'another kind of URL',
    coded('ERR_SSL_WRONG_VERSION_NUMBER'),
    'ERR_SSL_WRONG_VERSION_NUMBER: it speaks no TLS, write http://',
  ],
])('%s', (_, error, reason) => {
  expect(noAnswerReason(error)).toBe(`does not answer (${reason})`)
})

test('one that is late', () => {
  const late = new DOMException('timed out', 'TimeoutError')
  expect(noAnswerReason(late)).toBe('does not answer in time')
  expect(noAnswerReason(late, { limit: 5000 })).toBe('does not answer within 5 s')
})
