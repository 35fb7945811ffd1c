import { journey, think } from '../../lib/index.ts'
import { shop } from './metrics.ts'
import { products } from './products.ts'
import { anyProduct } from './steps.ts'
import { visitor } from './visitor.ts'

const { open, view, look } = visitor

/** A visitor who looks around: home, two products, the empty cart. */
export const browse = journey(
  'browse',
  () => {
    shop.sessions.add(1)
    open()
    think(1, 3)
    view(anyProduct())
    think(1, 3)
    view(anyProduct(), 'view another product')
    think(1, 2)
    look()
  },
  { pools: [products], typicalSeconds: 6 },
)
