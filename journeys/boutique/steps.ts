import exec from 'k6/execution'
import { check, contains, ensure, oneOf, status, step, type Response } from '../../lib/index.ts'
import { boutique, type Currency, type Shopper } from './api.ts'
import { shop } from './metrics.ts'
import { products, type Product } from './products.ts'

/** A total on the order page that is not zero: a currency without a rate makes every price 0.00, and all else looks well. */
const PAID = /Total Paid[\s\S]{0,300}?[$¥€₺£]\s*([1-9][0-9]*\.|0\.0?[1-9])/

/** The quantities that a product page offers. */
const QUANTITIES = [1, 2, 3, 4, 5, 10] as const

/** Steps of the journeys, for visitors who are new in each iteration or who stay. */
export const steps = (session: 'iteration' | 'vu' = 'iteration') => {
  const api = boutique(session)

  const open = (): Response =>
    step('open home', () => {
      const response = api.home()
      ensure(response, { 'home is up': status(200) })
      check(response, { 'home lists products': contains('Hot Products') })
      return response
    })

  const view = (product: Product, name = 'view product'): Response =>
    step(name, () => {
      const response = api.product(product.id)
      ensure(response, { 'product page is up': status(200) })
      check(response, {
        'product is the one asked for': contains(product.name),
        'products are recommended': contains('You May Also Like'),
      })
      return response
    })

  const add = ({ id }: Product): void =>
    step('add to cart', () => {
      const response = api.addToCart(id, oneOf(QUANTITIES))
      const taken = check(response, { 'cart takes the product': status(302) })
      if (!taken) shop.cart_errors.add(1)
      ensure(api.cart(), { 'cart is up': status(200), 'cart holds the product': contains(`SKU #${id}`) })
    })

  const look = (): Response =>
    step('view cart', () => {
      const response = api.cart()
      ensure(response, { 'cart is up': status(200) })
      return response
    })

  const currency = (code: Currency): void =>
    step('set currency', () => {
      ensure(api.setCurrency(code), { 'currency is accepted': status(302) })
      check(api.home(), {
        'home is up in the new currency': status(200),
        'currency is selected': contains(`value="${code}" selected`),
      })
    })

  const order = (shopper: Shopper, code: Currency = 'USD'): void =>
    step('place order', () => {
      const response = api.placeOrder(shopper)
      ensure(response, {
        'order is accepted': status(200),
        'order is complete': contains('Your order is complete!'),
        'something was paid': contains(PAID, 'a total above zero'),
      })
      shop.checkout_duration.add(response.timings.duration)
      shop.orders.add(1, { currency: code })
    })

  return { open, view, add, look, currency, order }
}

/** Runs a checkout from its start and counts whether it ended in an order: abandoned ones count as well. */
export const attempt = (checkout: () => void): void => {
  let done = false
  try {
    checkout()
    done = true
  } finally {
    shop.checkout_success.add(done)
  }
}

/** How many rows lie between the places of two VUs. */
const APART = 3
let next: number | undefined

/**
 * One of the shop's products: a VU goes through the catalogue from a place of its own, so that a short run, too, comes to
 * all of them, and a long one to each as often.
 */
export const anyProduct = (): Product => {
  next = (next ?? APART * exec.vu.idInTest) + 1
  return products.at(next % products.length)
}
