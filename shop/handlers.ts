import { cardRefusal } from './cards.ts'
import { pieces } from './carts.ts'
import { PRODUCT, PRODUCTS } from './catalog.ts'
import type { FormFields } from './forms.ts'
import { answerGraphql } from './graphql/answer.ts'
import { fromCents } from './money.ts'
import { NANOS_PER_UNIT } from './currencies.ts'
import { bill, confirmation, trackingNumber } from './orders.ts'
import { assistantPage } from './pages/assistant.ts'
import { cartPage } from './pages/cart.ts'
import { homePage } from './pages/home.ts'
import type { LayoutView } from './pages/layout.ts'
import { orderPage } from './pages/order.ts'
import { productPage } from './pages/product.ts'
import { recommend } from './recommend.ts'
import {
  bare,
  failure,
  htmlReply,
  invalid,
  notFound,
  redirectReply,
  textReply,
  type ShopReply,
} from './reply.ts'
import type { RouteName } from './routes.ts'
import { cookies, expireCookie, setCookie } from './session.ts'
import { STATIC_FILES } from './statics.ts'
import type { Stock } from './stock.ts'
import { addition, currencyChoice, purchase } from './validation.ts'

/** A request, read. */
export interface Ask {
  readonly view: LayoutView
  /** What followed the route's path. */
  readonly tail: string
  readonly form: FormFields
  /** The body as it came, and its type. */
  readonly body: Buffer
  readonly type: string
  readonly referer: string | undefined
  readonly cookie: string | undefined
}

type Handler = (ask: Ask, stock: Stock) => ShopReply

const CATALOG = 'productcatalogservice'
const find = (id: string, { behaviour }: Stock) => (behaviour.isMissing(id) ? undefined : PRODUCT.get(id))
const unknown = (id: string): string => `rpc error: code = NotFound desc = no product with ID ${id}`

const showProduct: Handler = ({ view, tail }, stock) => {
  const product = find(tail, stock)
  if (product === undefined) return failure(view, CATALOG, [unknown(tail), 'could not retrieve product'])
  const advertised = PRODUCTS[Math.floor(stock.random() * PRODUCTS.length)] ?? product
  return htmlReply(productPage(view, product, recommend([tail], stock), advertised.id))
}

const showCart: Handler = ({ view }, stock) => {
  const cart = stock.carts.get(view.session)
  const lost = [...cart.keys()].find((id) => find(id, stock) === undefined)
  if (lost !== undefined)
    return failure(view, CATALOG, [unknown(lost), `could not retrieve product #${lost}`])
  const year = stock.today().getFullYear()
  return htmlReply(cartPage(view, bill(cart, view.currency), recommend([...cart.keys()], stock), year))
}

const addToCart: Handler = ({ view, form }, stock) => {
  const wanted = addition(form)
  if ('problems' in wanted) return invalid(view, wanted.problems)
  const { productId, quantity } = wanted.value
  if (find(productId, stock) === undefined)
    return failure(view, CATALOG, [unknown(productId), 'could not retrieve product'])
  stock.carts.add(view.session, productId, quantity)
  return redirectReply('/cart')
}

const placeOrder: Handler = ({ view, form }, stock) => {
  const order = purchase(form)
  if ('problems' in order) return invalid(view, order.problems)
  const { street, city, state, card } = order.value
  const refuse = (service: string, reason: string) =>
    failure(view, service, [`rpc error: code = Internal desc = ${reason}`, 'failed to complete the order'])
  const cart = stock.carts.get(view.session)
  const lost = [...cart.keys()].find((id) => find(id, stock) === undefined)
  if (lost !== undefined) return refuse(CATALOG, `failed to prepare order: failed to get product #"${lost}"`)
  const reason = cardRefusal(card, stock.today())
  if (reason !== undefined)
    return refuse(
      'paymentservice',
      `failed to charge card: could not charge the card: rpc error: code = Code(400) desc = ${reason}`,
    )
  const { total } = bill(cart, view.currency)
  stock.carts.empty(view.session)
  const tracking = trackingNumber(street, city, state, stock.random)
  return htmlReply(orderPage(view, { confirmation: confirmation(), tracking, total }, recommend([], stock)))
}

const chooseCurrency: Handler = ({ view, form, referer }) => {
  const code = currencyChoice(form)
  if ('problems' in code) return invalid(view, code.problems)
  return {
    ...redirectReply(referer === undefined || referer === '' ? '/' : referer),
    cookies: [setCookie('shop_currency', code.value)],
  }
}

const describeProduct: Handler = ({ tail }, stock) => {
  const product = find(tail, stock)
  if (product === undefined) return bare(200)
  const { id, name, description, picture, cents, categories } = product
  const units = Math.floor(cents / 100)
  const nanos = Number(fromCents(cents) % NANOS_PER_UNIT)
  const price = { currency_code: 'USD', units, nanos }
  return textReply(JSON.stringify({ id, name, description, picture, price_usd: price, categories }))
}

const sendFile: Handler = ({ tail }) => {
  const file = STATIC_FILES.get(tail)
  return file === undefined ? notFound() : { status: 200, ...file }
}

/** What answers each route. */
export const HANDLERS: Readonly<Record<RouteName, Handler>> = {
  '/': ({ view }) => htmlReply(homePage(view)),
  '/product': showProduct,
  'GET /cart': showCart,
  'POST /cart': addToCart,
  '/cart/empty': ({ view }, { carts }) => {
    carts.empty(view.session)
    return redirectReply('/')
  },
  '/cart/checkout': placeOrder,
  '/setCurrency': chooseCurrency,
  '/logout': ({ cookie }) => ({
    ...redirectReply('/'),
    cookies: cookies(cookie).map(([name]) => expireCookie(name)),
  }),
  '/product-meta': describeProduct,
  '/assistant': () => htmlReply(assistantPage()),
  '/bot': ({ view }) =>
    failure(view, 'shoppingassistantservice', ['failed to send request to the assistant']),
  '/graphql': ({ view, body, type }, stock) => answerGraphql({ body, type, session: view.session, stock }),
  '/ws': () => textReply('426 this is a WebSocket\n', 426),
  '/grpc': () => textReply('gRPC is spoken at this port, by HTTP/2: hipstershop.ProductCatalogService\n'),
  '/static': sendFile,
  '/robots.txt': () => textReply('User-agent: *\nDisallow: /'),
  '/_healthz': () => textReply('ok'),
}

/** The pieces in the cart of a session, which most pages show. */
export const cartSize = (session: string, { carts }: Stock): number => pieces(carts.get(session))
