import { client, settings, type Client, type Response } from '../../lib/index.ts'

/** The six currencies of the shop's selector, in its order. */
export const CURRENCIES = ['EUR', 'USD', 'JPY', 'GBP', 'TRY', 'CAD'] as const

/** A currency of the shop's selector. */
export type Currency = (typeof CURRENCIES)[number]

/** A shopper as the pool has them. */
export interface Shopper {
  email: string
  street: string
  zip: number
  city: string
  state: string
  country: string
  card: string
  cvv: number
}

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
    placeOrder: ({ email, street, zip, city, state, country, card, cvv }) =>
      api.post('/cart/checkout', {
        name: 'checkout',
        form: {
          email,
          street_address: street,
          zip_code: zip,
          city,
          state,
          country,
          credit_card_number: card,
          credit_card_expiration_month: 12,
          credit_card_expiration_year: new Date().getFullYear() + 2,
          credit_card_cvv: cvv,
        },
      }),
  }
}
