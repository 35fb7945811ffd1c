import { PRODUCT } from '../catalog.ts'
import { escape } from '../html.ts'
import { remembered } from './layout.ts'

const card = remembered((id) => {
  const product = PRODUCT.get(id)
  if (product === undefined) return ''
  return `    <div class="recommendation">
      <a href="/product/${id}"><img alt="" src="${product.picture}" loading="lazy"></a>
      <h5>${escape(product.name)}</h5>
    </div>
`
})

/** The block of recommended products; empty without any. */
export const recommendations = (ids: readonly string[]): string =>
  ids.length === 0
    ? ''
    : `  <section class="recommendations">
    <h2>You May Also Like</h2>
${ids.map(card).join('')}  </section>
`
