/** One row of the contract; `serviceMs` is the mean time the shop needs without faults. */
export interface Route {
  readonly name: RouteName
  readonly path: string
  /** Without methods the route takes any. */
  readonly methods?: readonly string[]
  /** What follows `path`: nothing, one segment, or any rest. */
  readonly tail?: 'segment' | 'rest'
  readonly serviceMs: number
  /** Whether `*` and `capacity` mean this route: what a shopper uses. */
  readonly shopping: boolean
}

const PAGE = ['GET', 'HEAD']
const GET = ['GET']
const POST = ['POST']

const TABLE = [
  { name: '/', path: '/', methods: PAGE, serviceMs: 3, shopping: true },
  { name: '/product', path: '/product', tail: 'segment', methods: PAGE, serviceMs: 2, shopping: true },
  { name: 'GET /cart', path: '/cart', methods: PAGE, serviceMs: 3, shopping: true },
  { name: 'POST /cart', path: '/cart', methods: POST, serviceMs: 1.5, shopping: true },
  { name: '/cart/empty', path: '/cart/empty', methods: POST, serviceMs: 1, shopping: true },
  { name: '/cart/checkout', path: '/cart/checkout', methods: POST, serviceMs: 6, shopping: true },
  { name: '/setCurrency', path: '/setCurrency', methods: POST, serviceMs: 0, shopping: true },
  { name: '/logout', path: '/logout', methods: GET, serviceMs: 0, shopping: true },
  {
    name: '/product-meta',
    path: '/product-meta',
    tail: 'segment',
    methods: GET,
    serviceMs: 1,
    shopping: true,
  },
  { name: '/assistant', path: '/assistant', methods: GET, serviceMs: 0, shopping: true },
  { name: '/bot', path: '/bot', methods: POST, serviceMs: 0, shopping: true },
  { name: '/graphql', path: '/graphql', methods: POST, serviceMs: 2, shopping: true },
  { name: '/ws', path: '/ws', methods: GET, serviceMs: 0, shopping: true },
  { name: '/grpc', path: '/grpc', methods: GET, serviceMs: 1, shopping: true },
  { name: '/static', path: '/static', tail: 'rest', serviceMs: 0, shopping: false },
  { name: '/robots.txt', path: '/robots.txt', serviceMs: 0, shopping: false },
  { name: '/_healthz', path: '/_healthz', serviceMs: 0, shopping: false },
] as const satisfies readonly (Omit<Route, 'name'> & { name: string })[]

/** A route of the shop, as faults and spans name it. */
export type RouteName = (typeof TABLE)[number]['name']

/** Every route of the contract. */
export const ROUTES: readonly Route[] = TABLE

const BY_NAME = new Map(ROUTES.map((route) => [route.name, route]))

/** The route of that name. */
export const routeNamed = (name: RouteName): Route => BY_NAME.get(name) as Route

/** A route found for a request; `tail` is what followed its path. */
export interface Match {
  readonly route: Route
  readonly tail: string
}

function tailOf(route: Route, path: string): string | undefined {
  if (route.tail === undefined) return path === route.path ? '' : undefined
  if (!path.startsWith(`${route.path}/`)) return undefined
  const tail = path.slice(route.path.length + 1)
  return tail === '' || (route.tail === 'segment' && tail.includes('/')) ? undefined : tail
}

/** The route of a request, or the status of its refusal: 405 for a known path, else 404. */
export function findRoute(method: string, path: string): Match | 404 | 405 {
  let refusal: 404 | 405 = 404
  for (const route of ROUTES) {
    const tail = tailOf(route, path)
    if (tail === undefined) continue
    if (route.methods === undefined || route.methods.includes(method)) return { route, tail }
    refusal = 405
  }
  return refusal
}
