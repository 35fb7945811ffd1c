/** A product of the shop; its price in US cents. */
export interface CatalogProduct {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly picture: string
  readonly cents: number
  readonly categories: readonly string[]
}

const product = (
  id: string,
  name: string,
  cents: number,
  categories: readonly string[],
  description: string,
): CatalogProduct => ({
  id,
  name,
  description,
  picture: `/static/img/products/${id.toLowerCase()}.svg`,
  cents,
  categories,
})

/** The nine products in catalogue order. */
export const PRODUCTS: readonly CatalogProduct[] = [
  product('OLJCESPC7Z', 'Sunglasses', 1999, ['accessories'], 'Dark lenses for bright load curves.'),
  product('66VCHSJNUP', 'Tank Top', 1899, ['clothing', 'tops'], 'Light cotton with a cropped cut.'),
  product('1YMWWN1N4O', 'Watch', 10999, ['accessories'], 'Gold-toned, and monotonic.'),
  product('L9ECAV7KIM', 'Loafers', 8999, ['footwear'], 'For runs that need no laces.'),
  product('2ZYFJ3GM2N', 'Hairdryer', 2499, ['hair', 'beauty'], 'Two heats, three speeds, one plug.'),
  product('0PUK6V6EV0', 'Candle Holder', 1899, ['decor', 'home'], 'Holds one candle upright.'),
  product('LS4PSXUNUM', 'Salt & Pepper Shakers', 1849, ['kitchen'], 'A pair, to tell apart by touch.'),
  product('9SIQT8TOJO', 'Bamboo Glass Jar', 549, ['kitchen'], 'Half a litre under a bamboo lid.'),
  product('6E92ZMYYFZ', 'Mug', 899, ['kitchen'], 'Mustard inside and out.'),
]

/** The products by id. */
export const PRODUCT: ReadonlyMap<string, CatalogProduct> = new Map(PRODUCTS.map((each) => [each.id, each]))

/** Shipping of any cart that has an item, in US cents. */
export const SHIPPING_CENTS = 899
