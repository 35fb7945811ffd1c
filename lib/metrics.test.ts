import { expect, test } from 'vitest'
import { samples, values } from '../test/recorded.ts'
import { active, rehearse } from '../testing/index.ts'
import { CATALOG, GROUP_DURATION, TABLE } from './catalog.ts'
import './graphql/metrics.ts'
import './grpc/metrics.ts'
import './span.ts'
import { counter, gauge, metrics, rate, trend } from './metrics.ts'

const table = {
  orders: counter('Orders placed', { by: ['currency'] }),
  open: gauge('Carts open'),
  accepted: rate('Orders accepted', { by: ['currency'] }),
  basket: trend('Value of a basket', { unit: 'EUR' }),
  waited: trend('Time in the queue', { unit: 'ms' }),
}
const shop = metrics('shop', table)
const declared = (prefix: string) => active().seen.metrics.filter(({ name }) => name.startsWith(prefix))

test('a table declares k6 metrics with its prefix; a unit of ms makes a time', () => {
  expect(declared('shop_')).toEqual([
    { name: 'shop_orders', type: 'counter', isTime: false },
    { name: 'shop_open', type: 'gauge', isTime: false },
    { name: 'shop_accepted', type: 'rate', isTime: false },
    { name: 'shop_accepted_nonzero', type: 'counter', isTime: false },
    { name: 'shop_accepted_zero', type: 'counter', isTime: false },
    { name: 'shop_basket', type: 'trend', isTime: false },
    { name: 'shop_waited', type: 'trend', isTime: true },
  ])
  expect(shop[TABLE]).toEqual({ prefix: 'shop', table })
})

test('a recorder adds values with the tags that were declared', async () => {
  const seen = await rehearse(() => {
    shop.orders.add(2, { currency: 'EUR' })
    shop.open.add(7)
    shop.basket.add(19.99)
  })
  expect(samples(seen, 'shop_orders')).toMatchObject([{ value: 2, tags: { currency: 'EUR' } }])
  expect([values(seen, 'shop_open'), values(seen, 'shop_basket')]).toEqual([[7], [19.99]])
})

test('a Rate feeds a counter of each answer, with the same tags', async () => {
  const seen = await rehearse(() => {
    for (const accepted of [true, false, true]) shop.accepted.add(accepted, { currency: 'USD' })
  })
  const usd = { currency: 'USD' }
  expect(values(seen, 'shop_accepted', usd)).toEqual([1, 0, 1])
  expect(values(seen, 'shop_accepted_nonzero', usd)).toEqual([1, 1])
  expect(values(seen, 'shop_accepted_zero', usd)).toEqual([1])
})

test('the catalog lists exactly what the library declares', () => {
  const own = active().seen.metrics.filter(({ name }) => !name.startsWith('shop_'))
  const listed = Object.entries(CATALOG).map(([name, { kind, ...rest }]) => ({
    name,
    type: kind,
    isTime: 'unit' in rest,
  }))
  const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name)
  expect(own.toSorted(byName)).toEqual(
    [...listed, { name: GROUP_DURATION, type: 'trend', isTime: true }].toSorted(byName),
  )
})
