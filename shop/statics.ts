import { PRODUCTS } from './catalog.ts'
import { escape } from './html.ts'

/** A file under `/static`. */
export interface StaticFile {
  readonly type: string
  readonly body: string
}

const STYLES = `:root { --ink: #202124; --line: #dfe1e5; --accent: #853b5c; }
* { box-sizing: border-box; }
body { margin: 0; color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
header .bar, main, footer { max-width: 64rem; margin: 0 auto; padding: 1rem; }
header .bar { display: flex; gap: 1rem; align-items: center; border-bottom: 1px solid var(--line); }
header .brand { margin-right: auto; color: var(--accent); font-weight: 600; text-decoration: none; }
.platform-flag { padding: 0 1rem; background: var(--accent); color: #fff; font-size: 0.75rem; }
.cart-size-circle { padding: 0 0.5em; border-radius: 1em; background: var(--accent); color: #fff; }
.cards, .recommendations { display: grid; grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr)); gap: 1rem; }
.recommendations h2 { grid-column: 1 / -1; }
img { width: 100%; max-width: 20rem; aspect-ratio: 1; border-radius: 0.5rem; }
.product { display: flex; gap: 2rem; }
.cart-summary-item-row, .cart-summary-shipping-row, .cart-summary-total-row { padding: 0.5rem 0; border-bottom: 1px solid var(--line); }
.cart-summary-item-row img { width: 6rem; float: left; margin-right: 1rem; }
.cart-checkout-form label { display: block; margin: 0.25rem 0; }
.primary { padding: 0.5rem 1rem; border: 0; background: var(--accent); color: #fff; text-decoration: none; }
pre { padding: 1rem; border: 1px solid #b00020; overflow-x: auto; }
footer { border-top: 1px solid var(--line); color: #5f6368; font-size: 0.875rem; }
`

const picture = (name: string, hue: number): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 320"><rect width="320" height="320" fill="hsl(${hue} 30% 88%)"/>` +
  `<text x="160" y="168" text-anchor="middle" font-family="sans-serif" font-size="24" fill="hsl(${hue} 40% 30%)">${escape(name)}</text></svg>\n`

/** The files by path below `/static/`. */
export const STATIC_FILES: ReadonlyMap<string, StaticFile> = new Map([
  ['styles/styles.css', { type: 'text/css; charset=utf-8', body: STYLES }],
  ...PRODUCTS.map((product, index): [string, StaticFile] => [
    product.picture.replace('/static/', ''),
    { type: 'image/svg+xml', body: picture(product.name, index * 40) },
  ]),
])
