import type { RouteName } from './routes.ts'

/** A call that a route makes to another service; `weight` is its part of the route's time. */
export interface ServedCall {
  readonly service: string
  readonly name: string
  readonly weight: number
  readonly calls?: readonly ServedCall[]
}

const call = (service: string, name: string, weight: number, calls?: readonly ServedCall[]): ServedCall =>
  calls === undefined ? { service, name, weight } : { service, name, weight, calls }

const catalog = (name: string, weight: number) =>
  call('productcatalogservice', `ProductCatalogService/${name}`, weight)
const currency = (name: string, weight: number) => call('currencyservice', `CurrencyService/${name}`, weight)
const cart = (name: string, weight: number) => call('cartservice', `CartService/${name}`, weight)
const shipping = (name: string, weight: number) => call('shippingservice', `ShippingService/${name}`, weight)
const recommend = call('recommendationservice', 'RecommendationService/ListRecommendations', 2)
const ads = call('adservice', 'AdService/GetAds', 1)

/** What each route calls, in order; a route that is not here calls nobody. */
export const CALLS: Readonly<Partial<Record<RouteName, readonly ServedCall[]>>> = {
  '/': [
    currency('GetSupportedCurrencies', 1),
    catalog('ListProducts', 2),
    cart('GetCart', 2),
    currency('Convert', 4),
    ads,
  ],
  '/product': [
    catalog('GetProduct', 2),
    currency('GetSupportedCurrencies', 1),
    cart('GetCart', 2),
    currency('Convert', 1),
    recommend,
    ads,
  ],
  'GET /cart': [
    currency('GetSupportedCurrencies', 1),
    cart('GetCart', 2),
    recommend,
    shipping('GetQuote', 1),
    catalog('GetProduct', 2),
    currency('Convert', 2),
  ],
  'POST /cart': [catalog('GetProduct', 1), cart('AddItem', 2)],
  '/cart/empty': [cart('EmptyCart', 1)],
  '/cart/checkout': [
    call('checkoutservice', 'CheckoutService/PlaceOrder', 16, [
      cart('GetCart', 2),
      catalog('GetProduct', 2),
      currency('Convert', 2),
      shipping('GetQuote', 1),
      call('paymentservice', 'PaymentService/Charge', 4),
      shipping('ShipOrder', 1),
      cart('EmptyCart', 2),
      call('emailservice', 'EmailService/SendOrderConfirmation', 1),
    ]),
    recommend,
  ],
  '/product-meta': [catalog('GetProduct', 1)],
}

/** A span of a request, placed on the clock of its ends (ms since 1970). */
export interface PlacedSpan {
  readonly service: string
  readonly name: string
  readonly start: number
  readonly end: number
  readonly failed: boolean
  readonly children: readonly PlacedSpan[]
}

const weightOf = (calls: readonly ServedCall[]): number => calls.reduce((sum, { weight }) => sum + weight, 0)

const fails = (each: ServedCall, service: string | undefined): boolean =>
  each.service === service || (each.calls ?? []).some((inner) => fails(inner, service))

/** Calls laid out between `start` and `end` by weight, up to the first one that `failed` (a service) answers. */
export function place(
  calls: readonly ServedCall[],
  start: number,
  end: number,
  failed?: string,
): PlacedSpan[] {
  const until = calls.findIndex((each) => fails(each, failed))
  const made = until < 0 ? calls : calls.slice(0, until + 1)
  const unit = (end - start) / (weightOf(made) + 1)
  let at = start + unit / 2
  return made.map((each) => {
    const from = at
    at += each.weight * unit
    return {
      service: each.service,
      name: `hipstershop.${each.name}`,
      start: from,
      end: at,
      failed: fails(each, failed),
      children: place(each.calls ?? [], from, at, failed),
    }
  })
}
