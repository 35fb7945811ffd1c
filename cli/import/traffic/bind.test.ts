import { expect, it } from 'vitest'
import { bind } from './bind.ts'
import { correlate } from './correlate.ts'
import { draftOf } from './draft.ts'
import type { Exchange } from './exchange.ts'
import { freeNames } from './names.ts'
import { code } from './value.ts'

const exchange = (at: number, path: string, sent: object, answer: object): Exchange => ({
  place: `entry ${at}`,
  method: 'POST',
  url: `https://shop.test${path}`,
  headers: [],
  at,
  end: at + 1,
  kind: 'data',
  content: { type: 'application/json', text: JSON.stringify(sent), fields: [] },
  answer: { status: 200, type: 'application/json', headers: [], text: JSON.stringify(answer) },
})

it('replaces a small number only where both sides call it by the same name', () => {
  const drafts = [
    exchange(1, '/carts', {}, { cart: { id: 12 } }),
    exchange(2, '/carts/12/items', { cartId: 12, sku: 'A1', quantity: 12, page: 12, note: '12' }, {}),
    exchange(3, '/seats/12', {}, {}),
  ].flatMap((one) => draftOf(one) ?? [])
  const [, items, seats] = bind(drafts, correlate(drafts), freeNames(new Set())).drafts
  expect(items?.path).toEqual(['carts', code('cartId'), 'items'])
  expect(items?.payload).toMatchObject({
    value: {
      fields: [
        ['cartId', code('cartId')],
        ['sku', 'A1'],
        ['quantity', 12],
        ['page', 12],
        ['note', '12'],
      ],
    },
  })
  expect(seats?.path).toEqual(['seats', '12'])
})
