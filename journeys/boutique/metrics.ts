import { counter, metrics, rate, trend } from '../../lib/index.ts'

/** What the shop's owners ask after: sessions, carts, orders. */
export const shop = metrics('boutique', {
  sessions: counter('Visits that began'),
  cart_errors: counter('Additions to a cart that the shop did not take'),
  checkout_success: rate('Checkouts that ended in an order, among all that were started', {
    phaseOf: 'start',
  }),
  checkout_duration: trend('Time of placing an order', { unit: 'ms' }),
  orders: counter('Orders placed', { by: ['currency'] }),
})
