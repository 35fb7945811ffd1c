import { expect, test } from 'vitest'
import { MAYBE_SECRET_NAME, secretIn, USER_IN_URL } from './secrets.ts'

test.each(['API_TOKEN', 'apikey', 'X-Amz-Signature', 'sig', 'AUTHORIZATION', 'db_password', 'SIG_1'])(
  '%s may be the name of a secret',
  (name) => expect(name).toMatch(MAYBE_SECRET_NAME),
)

test.each(['AUTHOR', 'keyword', 'KEYBOARD', 'DESIGN', 'SIGNUP_RATE', 'BASE_URL'])('%s is not', (name) =>
  expect(name).not.toMatch(MAYBE_SECRET_NAME),
)

test('a user in a URL is found, a port or an address in its query is not', () => {
  expect('redis://:geheim@host').toMatch(USER_IN_URL)
  expect('http://host:80?mail=a@b.example').not.toMatch(USER_IN_URL)
  expect(secretIn('https://ada:geheim@shop.example/')).toBe('credentials in a URL')
  expect(secretIn('https://shop.example:8080/')).toBeUndefined()
})
