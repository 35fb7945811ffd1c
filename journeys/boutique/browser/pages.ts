import type { Page } from 'k6/browser'
import { ensure } from '../../../lib/browser/index.ts'
import type { Shopper } from '../api.ts'
import type { Product } from '../products.ts'

/** A total that is not zero: a currency without a rate makes every price 0.00, and all else looks well. */
const PAID = /Total Paid[\s\S]{0,300}?[$\u00a5\u20ac\u20ba\u00a3]\s*(?:[1-9][0-9]*\.|0\.0?[1-9])/

/** The shop's pages as a shopper knows them: found by role, label and text, so that another look of them breaks nothing. */
export const boutiquePages = (page: Page) => {
  const button = (name: string) => page.getByRole('button', { name })
  return {
    home: {
      open: async (): Promise<void> => {
        await page.goto('/')
        await page.getByText('Hot Products').waitFor()
      },
      // The shop's cards have links without a text, so that only their addresses say which is which.
      choose: async ({ id, name }: Product): Promise<void> => {
        await page.getByRole('main').locator(`a[href$="/product/${id}"]`).first().click()
        await button('Add To Cart').waitFor()
        // The catalogue has names as they stand in the page's source.
        const told = await page.getByRole('main').innerText()
        await ensure(told, {
          'product is the one asked for': (text) => text.includes(name.replace('&amp;', '&')),
        })
      },
    },
    product: {
      add: async ({ id }: Product): Promise<void> => {
        await button('Add To Cart').click()
        await page.getByText(`SKU #${id}`).first().waitFor()
        await button('Place Order').waitFor()
      },
    },
    cart: {
      order: async (shopper: Shopper): Promise<void> => {
        const fields = {
          'E-mail Address': shopper.email,
          'Street Address': shopper.street_address,
          'Zip Code': shopper.zip_code,
          City: shopper.city,
          State: shopper.state,
          Country: shopper.country,
          'Credit Card Number': shopper.credit_card_number,
        }
        for (const [label, value] of Object.entries(fields)) await page.getByLabel(label).fill(String(value))
        // Keys as a person presses them, so that what the page makes of input is measured.
        await page.getByLabel('CVV').clear()
        await page.getByLabel('CVV').type(String(shopper.credit_card_cvv))
        await button('Place Order').click()
      },
    },
    order: {
      see: async (): Promise<void> => {
        await page.getByText('Your order is complete!').waitFor()
        await ensure(page, {
          'something was paid': async () => PAID.test(await page.getByRole('main').innerText()),
        })
      },
    },
  }
}
