import { settings, tried } from '../../lib/index.ts'
import catalogue from './products.pool.ts'

/** A product of the shop, as its catalogue has it. */
export interface Product {
  id: string
  name: string
}

/** The products of the shop. Each is tried before load starts. */
export const products = tried<Product>(catalogue, {
  probe: ({ id }) => `${settings().BASE_URL}/product/${id}`,
})
