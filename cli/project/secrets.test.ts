import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sentence } from '../../config/problem/problem.ts'
import { flagPairs } from '../k6/index.ts'
import { secretPairs, secretProblems } from './secrets.ts'

test.each([
  ...[
    'API_TOKEN',
    'token',
    'CLIENT_SECRET',
    'DB_PASSWORD',
    'PASSWD',
    'PGPWD',
    'ACCESS_KEY',
    'apiKey',
    'PRIVATE_KEY',
  ],
  ...['SESSION_COOKIE', 'AUTH', 'BASIC_AUTH', 'AUTHORIZATION', 'AUTHORISATION', 'CREDENTIALS', 'PASSPHRASE'],
])('%s looks like a secret', (name) => {
  expect(secretPairs([`${name}=x`])).toEqual([`${name}=x`])
})

test.each([
  'REGION',
  'TENANT',
  'AUTHOR',
  'KEYWORD',
  'KEYBOARD',
  'CATALOG_URL',
  'PROFILE',
  'BASE_URL',
  'SEED',
])('%s does not', (name) => {
  expect(secretPairs([`${name}=x`])).toEqual([])
})

test('a value tells too: the cloud’s token, a password in a URL', () => {
  expect(secretPairs(['NOTE=a t0ken b'], 't0ken')).toHaveLength(1)
  expect(secretPairs(['SHOP=https://me:pa55@shop.example.com/'])).toHaveLength(1)
  expect(secretPairs(['SHOP=https://shop.example.com/a:b@c', 'NOTE=t0ken'], '')).toEqual([])
})

test('a problem never repeats a value', () => {
  const value = fc.string({ minLength: 6 }).filter((text) => !/^[\s"\\=]*$/.test(text))
  fc.assert(
    fc.property(value, (text) => {
      const [problem] = secretProblems([`TOKEN=«${text}»`], '--env')
      expect(problem && sentence(problem)).not.toContain(`«${text}»`)
    }),
  )
})

test('variables after -- are found however they are written', () => {
  expect(flagPairs(['-e', 'A=1', '--env=B=2', '-eC=3', '--tag', 'D=4'])).toEqual(['A=1', 'B=2', 'C=3'])
})
