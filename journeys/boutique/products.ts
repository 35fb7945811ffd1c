import { pool, settings } from '../../lib/index.ts'

/** A product of the shop, in catalogue order. */
export interface Product {
  id: string
  name: string
}

const CATALOGUE: readonly Product[] = [
  { id: 'OLJCESPC7Z', name: 'Sunglasses' },
  { id: '66VCHSJNUP', name: 'Tank Top' },
  { id: '1YMWWN1N4O', name: 'Watch' },
  { id: 'L9ECAV7KIM', name: 'Loafers' },
  { id: '2ZYFJ3GM2N', name: 'Hairdryer' },
  { id: '0PUK6V6EV0', name: 'Candle Holder' },
  { id: 'LS4PSXUNUM', name: 'Salt &amp; Pepper Shakers' },
  { id: '9SIQT8TOJO', name: 'Bamboo Glass Jar' },
  { id: '6E92ZMYYFZ', name: 'Mug' },
]

/** All nine products of the shop; names as its HTML writes them. Each is tried before load starts. */
export const products = pool('boutique/products', CATALOGUE, {
  key: 'id',
  probe: ({ id }) => `${settings().BASE_URL}/product/${id}`,
})
