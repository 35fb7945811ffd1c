import type { CannedResponse, Respond } from '../../testing/index.ts'

/** The shop's catalogue: names as its pages write them. */
export const PRODUCTS: Readonly<Record<string, string>> = {
  OLJCESPC7Z: 'Sunglasses',
  '66VCHSJNUP': 'Tank Top',
  '1YMWWN1N4O': 'Watch',
  L9ECAV7KIM: 'Loafers',
  '2ZYFJ3GM2N': 'Hairdryer',
  '0PUK6V6EV0': 'Candle Holder',
  LS4PSXUNUM: 'Salt &amp; Pepper Shakers',
  '9SIQT8TOJO': 'Bamboo Glass Jar',
  '6E92ZMYYFZ': 'Mug',
}

/** The pages of Online Boutique's frontend. */
export type Page = 'home' | 'product' | 'add' | 'cart' | 'order' | 'currency'

/** Plays Online Boutique just well enough: sessions, carts, the selected currency. `wrong` pages answer otherwise. */
export function cannedShop(wrong: Partial<Record<Page, CannedResponse>> = {}): Respond {
  const carts = new Map<string, string[]>()
  let sessions = 0
  return ({ method, url, body, cookies }) => {
    const path = new URL(url).pathname
    const form = new URLSearchParams(body)
    const session = cookies['shop_session-id'] ?? String(++sessions)
    const cart = carts.get(session) ?? []
    const setCookies = cookies['shop_session-id'] ? [] : [`shop_session-id=${session}; Max-Age=172800`]
    const answer = (page: Page, canned: CannedResponse): CannedResponse => ({
      headers: { 'Set-Cookie': setCookies },
      ...canned,
      ...wrong[page],
    })
    switch (`${method} /${path.split('/')[1]}${path === '/cart/checkout' ? '/checkout' : ''}`) {
      case 'GET /': {
        const selected = `<option value="${cookies.shop_currency ?? 'USD'}" selected="selected">`
        return answer('home', { body: `<h3>Hot Products</h3>${selected}` })
      }
      case 'GET /product':
        return answer('product', { body: `<h2>${PRODUCTS[path.slice(9)]}</h2><h2>You May Also Like</h2>` })
      case 'POST /cart':
        carts.set(session, [...cart, form.get('product_id') ?? ''])
        return answer('add', { status: 302, headers: { Location: '/cart', 'Set-Cookie': setCookies } })
      case 'GET /cart':
        return answer('cart', { body: cart.map((id) => `<p>SKU #${id}</p>`).join('') })
      case 'POST /cart/checkout':
        carts.delete(session)
        return answer('order', { body: 'Your order is complete! <b>Total Paid</b> <i>$19.99</i>' })
      case 'POST /setCurrency': {
        const currency = `shop_currency=${form.get('currency_code')}; Max-Age=172800`
        return answer('currency', {
          status: 302,
          headers: { Location: '/', 'Set-Cookie': [...setCookies, currency] },
        })
      }
      default:
        return { status: 404 }
    }
  }
}
