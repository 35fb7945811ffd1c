import { print, type Nanos } from '../money.ts'
import { plainPage, type LayoutView } from './layout.ts'
import { recommendations } from './recommendations.ts'

/** What the order page tells. */
export interface Receipt {
  readonly confirmation: string
  readonly tracking: string
  readonly total: Nanos
}

/** The page of a placed order. */
export const orderPage = (view: LayoutView, receipt: Receipt, recommended: readonly string[]): string =>
  plainPage(
    view,
    `  <section class="order">
    <h3>Your order is complete!</h3>
    <p>We've sent you a confirmation email.</p>
    <p>Confirmation # <strong>${receipt.confirmation}</strong></p>
    <p>Tracking # <strong>${receipt.tracking}</strong></p>
    <p>Total Paid <strong>${print(receipt.total, view.currency)}</strong></p>
    <a class="primary" href="/">Continue Shopping</a>
  </section>
` + recommendations(recommended),
  )
