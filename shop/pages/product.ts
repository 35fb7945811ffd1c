import { PRODUCTS, type CatalogProduct } from '../catalog.ts'
import { escape } from '../html.ts'
import { fromCents, fromDollars, print } from '../money.ts'
import { remembered, shoppingPage, type LayoutView } from './layout.ts'
import { recommendations } from './recommendations.ts'

const details = new Map(
  PRODUCTS.map((product) => [
    product.id,
    remembered(
      (currency) => `  <section class="product">
    <img class="product-image" alt="" src="${product.picture}">
    <div class="product-info">
      <h2>${escape(product.name)}</h2>
      <p class="product-price">${print(fromDollars(fromCents(product.cents), currency), currency)}</p>
      <p class="product-description">${escape(product.description)}</p>
      <form method="POST" action="/cart">
        <input type="hidden" name="product_id" value="${product.id}">
        <select name="quantity" id="quantity">
          ${[1, 2, 3, 4, 5, 10].map((count) => `<option>${count}</option>`).join('\n          ')}
        </select>
        <button type="submit" class="primary">Add To Cart</button>
      </form>
    </div>
  </section>
`,
    ),
  ]),
)

const ad = remembered(
  (id) => `  <aside class="ad">
    <strong>Ad</strong>
    <a href="/product/${id}">Today in the shop window: ${escape(PRODUCTS.find((each) => each.id === id)?.name ?? '')}</a>
  </aside>
`,
)

/** A product's page with recommended products and an advertised one. */
export const productPage = (
  view: LayoutView,
  product: CatalogProduct,
  recommended: readonly string[],
  advertised: string,
): string =>
  shoppingPage(
    view,
    (details.get(product.id)?.(view.currency) ?? '') + recommendations(recommended) + ad(advertised),
  )
