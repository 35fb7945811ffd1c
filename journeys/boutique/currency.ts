import { journey, oneOf, think } from '../../lib/index.ts'
import { CURRENCIES } from './api.ts'
import { shop } from './metrics.ts'
import { products } from './products.ts'
import { anyProduct } from './steps.ts'
import { visitor } from './visitor.ts'

const { open, view, currency: choose } = visitor

/** A visitor who looks at prices in another currency: home, currency, a product. */
export const currency = journey(
  'currency',
  () => {
    shop.sessions.add(1)
    open()
    think(1, 2)
    choose(oneOf(CURRENCIES))
    think(1, 3)
    view(anyProduct())
  },
  { pools: [products], typicalSeconds: 4 },
)
