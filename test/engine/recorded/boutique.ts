import type { Page } from 'playwright-core'

/** A visit of the embedded shop: from the home page to an order. */
export async function boutique(page: Page, url: (path: string) => string): Promise<void> {
  await page.goto(url('/'))
  await page.click('main a[href^="/product/"] >> nth=2')
  await page.waitForURL('**/product/*')
  await page.selectOption('[name=quantity]', '2')
  await page.click('text=Add To Cart')
  await page.waitForURL('**/cart')
  await page.click('text=Place Order')
  await page.waitForURL('**/cart/checkout')
}
