import { escape } from '../html.ts'
import { print } from '../money.ts'
import type { Bill } from '../orders.ts'
import { shoppingPage, type LayoutView } from './layout.ts'
import { recommendations } from './recommendations.ts'

const EMPTY = `  <section class="empty-cart">
    <h3>Your shopping cart is empty!</h3>
    <p>Items you add to your shopping cart will appear here.</p>
    <a class="primary" href="/">Continue Shopping</a>
  </section>
`

const text = (label: string, name: string, value: string, type = 'text'): string =>
  `      <label>${label} <input type="${type}" name="${name}" value="${value}" required></label>
`

function checkoutForm(year: number): string {
  const months = Array.from(
    { length: 12 },
    (_, index) => `<option value="${index + 1}">${index + 1}</option>`,
  )
  const years = Array.from(
    { length: 5 },
    (_, index) => `<option value="${year + index}"${index === 1 ? ' selected' : ''}>${year + index}</option>`,
  )
  return `    <form class="cart-checkout-form" action="/cart/checkout" method="POST">
      <h3>Shipping Address</h3>
${text('E-mail Address', 'email', 'someone@example.com', 'email')}${text('Street Address', 'street_address', '1600 Amphitheatre Parkway')}${text('Zip Code', 'zip_code', '94043')}${text('City', 'city', 'Mountain View')}${text('State', 'state', 'CA')}${text('Country', 'country', 'United States')}      <h3>Payment Method</h3>
${text('Credit Card Number', 'credit_card_number', '4432801561520454')}      <label>Month <select name="credit_card_expiration_month">
        ${months.join('\n        ')}
      </select></label>
      <label>Year <select name="credit_card_expiration_year">
        ${years.join('\n        ')}
      </select></label>
${text('CVV', 'credit_card_cvv', '672', 'password')}      <button type="submit" class="primary">Place Order</button>
    </form>
`
}

function items(view: LayoutView, bill: Bill): string {
  const lines = bill.lines.map(
    ({ product, quantity, cost }) => `    <div class="cart-summary-item-row">
      <a href="/product/${product.id}"><img alt="" src="${product.picture}"></a>
      <h4>${escape(product.name)}</h4>
      <div>SKU #${product.id}</div>
      <div>Quantity: ${quantity}</div>
      <strong>${print(cost, view.currency)}</strong>
    </div>
`,
  )
  return `${lines.join('')}    <div class="cart-summary-shipping-row"><span>Shipping</span> <span>${print(bill.shipping, view.currency)}</span></div>
    <div class="cart-summary-total-row"><span>Total</span> <span>${print(bill.total, view.currency)}</span></div>
`
}

/** The cart's page; `year` is the first year that the checkout form offers. */
export function cartPage(view: LayoutView, bill: Bill, recommended: readonly string[], year: number): string {
  if (bill.lines.length === 0) return shoppingPage(view, EMPTY + recommendations(recommended))
  const main = `  <section class="cart">
    <h3>Cart (${view.size})</h3>
    <form method="POST" action="/cart/empty"><button type="submit">Empty Cart</button></form>
    <a href="/">Continue Shopping</a>
${items(view, bill)}${checkoutForm(year)}  </section>
`
  return shoppingPage(view, main + recommendations(recommended))
}
