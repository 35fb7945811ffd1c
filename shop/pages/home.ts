import { PRODUCTS } from '../catalog.ts'
import { escape } from '../html.ts'
import { fromCents, fromDollars, print } from '../money.ts'
import { footer, remembered, shoppingPage, type LayoutView } from './layout.ts'

const main = remembered((currency) => {
  const cards = PRODUCTS.map(
    (product) => `    <div class="hot-product-card">
      <a href="/product/${product.id}">
        <img alt="" src="${product.picture}" loading="lazy">
        <div class="hot-product-card-img-overlay"></div>
      </a>
      <div class="hot-product-card-name">${escape(product.name)}</div>
      <div class="hot-product-card-price">${print(fromDollars(fromCents(product.cents), currency), currency)}</div>
    </div>
`,
  )
  return `  <h3>Hot Products</h3>
  <div class="cards">
${cards.join('')}  </div>
`
})

/** The home page; like the original it ends twice. */
export const homePage = (view: LayoutView): string => shoppingPage(view, main(view.currency)) + footer(view)
