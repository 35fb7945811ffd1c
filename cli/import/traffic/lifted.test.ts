import { expect, it } from 'vitest'
import type { Exchange } from './exchange.ts'
import { draftOf } from './draft.ts'
import { lift } from './lifted.ts'
import { freeNames } from './names.ts'
import { textNode } from '../write/requests/value.ts'

const sent = (url: string, body: object): Exchange => ({
  place: '',
  at: 0,
  end: 0,
  method: 'POST',
  url: `https://shop.example.com${url}`,
  kind: 'data',
  headers: [],
  content: { type: 'application/json', text: JSON.stringify(body), fields: [] },
})
const lifted = (...all: Exchange[]) => {
  const { drafts, columns, secrets } = lift(
    all.flatMap((one) => draftOf(one) ?? []),
    freeNames(),
  )
  const shown = drafts.map(({ path, payload }) => ({
    path: path.map((part) => textNode(part).text).join(' '),
    body: payload?.type === 'json' ? payload.value : undefined,
  }))
  return { shown, columns: [...columns], secrets: [...secrets] }
}
const code = (text: string) => ({ type: 'code', text })
const fields = (...all: unknown[]) => ({ type: 'fields', fields: all })

it('leaves words that are equal to a user or a password: in paths, at other names, as numbers', () => {
  const { shown, columns, secrets } = lifted(
    sent('/admin/users/1234', { user: 'admin', password: 'admin', role: 'admin', pin: '1234', count: 1234 }),
  )
  expect(columns).toEqual([['admin', 'user']])
  expect(secrets).toEqual([
    ['admin', 'PASSWORD'],
    ['1234', 'PIN'],
  ])
  expect(shown).toEqual([
    {
      path: "'admin' 'users' '1234'",
      body: fields(
        ['user', code('user')],
        ['password', code("secret('PASSWORD')")],
        // Nobody knows whether this is a password that is asked for again.
        ['role', code("secret('PASSWORD')")],
        ['pin', code("secret('PIN')")],
        ['count', 1234],
      ),
    },
  ])
})

it('keeps a secret that was sent as a number a number', () => {
  const { shown } = lifted(sent('/pay', { pin: 4711 }))
  expect(shown).toEqual([{ path: "'pay'", body: fields(['pin', code("Number(secret('PIN'))")]) }])
})

it('finds what no two texts share by chance wherever it stands', () => {
  const { shown } = lifted(
    sent('/users/ada@example.com/k-77aa88bb99', { email: 'ada@example.com', apiKey: 'k-77aa88bb99' }),
    sent('/', { author: 'ada@example.com', note: 'the key is k-77aa88bb99' }),
  )
  expect(shown.map(({ path }) => path)).toEqual(["'users' email secret('API_KEY')", "''"])
  expect(shown[1]?.body).toEqual(
    fields(
      ['author', code('email')],
      ['note', { type: 'mixed', parts: ['the key is ', code("secret('API_KEY')")] }],
    ),
  )
})

const UUID = '4b1f3c1e-8a54-4d0e-9f2b-6c1d2e3f4a5b'

it('makes a UUID anew only where it is one of a visit: a key is a secret, what an application is known by stays', () => {
  const both = [
    sent('/a', { apiKey: UUID, clientId: UUID.replace('4', '5'), cartId: UUID.replace('4', '6') }),
    sent('/b', { apiKey: UUID, clientId: UUID.replace('4', '5'), cartId: UUID.replace('4', '6') }),
  ]
  expect(lifted(...both).shown[1]?.body).toEqual(
    fields(
      ['apiKey', code("secret('API_KEY')")],
      ['clientId', UUID.replace('4', '5')],
      ['cartId', code('cartId')],
    ),
  )
})

it('looks at names of fields, too', () => {
  const { shown, columns } = lifted(
    sent('/a', { 'ada@example.com': { AIzaSyD9tSrke72PouQMnMXa7eZSW0jkF: 1 }, custom_field_10010_2024: 2 }),
  )
  expect(columns).toEqual([['ada@example.com', 'email']])
  expect(shown[0]?.body).toEqual(
    fields([code('email'), fields([code("secret('SECRET')"), 1])], ['custom_field_10010_2024', 2]),
  )
})

it('finds secrets in front of their names, within others, and among words', () => {
  const { shown } = lifted(
    sent('/a', { value: 'swordfish', name: 'password', note: 'a card 4111 1111 or 4111111111111111' }),
    sent('/b', { pin: { S: '9182736455' } }),
  )
  expect(shown.map(({ body }) => body)).toEqual([
    fields(
      ['value', code("secret('PASSWORD')")],
      ['name', 'password'],
      ['note', { type: 'mixed', parts: ['a card 4111 1111 or ', code("secret('NOTE_TOKEN')")] }],
    ),
    fields(['pin', fields(['S', code("secret('PIN')")])]),
  ])
})
