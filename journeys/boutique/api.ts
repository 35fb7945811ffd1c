import { client, settings, type Client, type Response } from '../../lib/index.ts'

/** The six currencies of the shop's selector, in its order. */
export const CURRENCIES = ['EUR', 'USD', 'JPY', 'GBP', 'TRY', 'CAD'] as const

/** A currency of the shop's selector. */
export type Currency = (typeof CURRENCIES)[number]

/** A shopper, by the fields of the shop's form but the card's expiry. */
export type Shopper = Readonly<
  Record<'email' | 'street_address' | 'city' | 'state' | 'country' | 'credit_card_number', string> &
    Record<'zip_code' | 'credit_card_cvv', number>
>

/** The routes of Online Boutique's frontend. Posts do not follow their redirect: each page is asked for by name. */
export interface Boutique {
  home(): Response
  product(id: string): Response
  cart(): Response
  addToCart(id: string, quantity: number): Response
  setCurrency(currency: Currency): Response
  placeOrder(shopper: Shopper): Response
}

/** The shop's routes for visitors who are new in each iteration, or who stay (`vu`). */
export const boutique = (session: 'iteration' | 'vu' = 'iteration'): Boutique => {
  const { BASE_URL } = settings()
  const api: Client = client(BASE_URL, { session })
  return {
    home: () => api.get('/', { name: 'home' }),
    product: (id) => api.get(`/product/${id}`, { name: 'product' }),
    cart: () => api.get('/cart', { name: 'cart' }),
    addToCart: (id, quantity) =>
      api.post('/cart', { name: 'add-to-cart', redirects: 0, form: { product_id: id, quantity } }),
    setCurrency: (currency) =>
      api.post('/setCurrency', { name: 'set-currency', redirects: 0, form: { currency_code: currency } }),
    placeOrder: (shopper) =>
      api.post('/cart/checkout', {
        name: 'checkout',
        form: {
          ...shopper,
          credit_card_expiration_month: 12,
          credit_card_expiration_year: new Date().getFullYear() + 2,
        },
      }),
  }
}
