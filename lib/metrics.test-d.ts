import { expectTypeOf, test } from 'vitest'
import { counter, metrics, rate, trend, type Recorder } from './metrics.ts'

const shop = metrics('shop', {
  orders: counter('Orders placed', { by: ['currency', 'kind'] }),
  accepted: rate('Orders accepted'),
  basket: trend('Value of a basket', { unit: 'EUR' }),
})

test('recorders are inferred from the table', () => {
  expectTypeOf(shop.orders).toEqualTypeOf<Recorder<'counter', 'currency' | 'kind'>>()
  expectTypeOf(shop.accepted).toEqualTypeOf<Recorder<'rate', never>>()
  expectTypeOf<Recorder<'rate', never>['add']>().parameters.toEqualTypeOf<[value: boolean]>()
  shop.orders.add(1, { currency: 'EUR' })
  shop.orders.add(1)
})

test('only what was declared compiles', () => {
  // @ts-expect-error -- no metric of that name
  type Sold = (typeof shop)['sold']
  expectTypeOf<Sold>().not.toBeNever()
  // @ts-expect-error -- a tag that the table does not declare
  shop.orders.add(1, { country: 'DE' })
  // @ts-expect-error -- a declared tag without a value
  shop.orders.add(1, { currency: undefined })
  // @ts-expect-error -- tags of a metric that declares none
  shop.basket.add(1, { currency: 'EUR' })
  // @ts-expect-error -- a Rate takes yes or no
  shop.accepted.add(1)
  // @ts-expect-error -- a Counter takes a number
  shop.orders.add(true)
})
