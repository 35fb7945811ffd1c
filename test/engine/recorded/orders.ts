import { createServer, type IncomingMessage, type Server } from 'node:http'
import { fresh, PASSWORD } from './site.ts'

/** The key that its catalogue is asked with. */
export const KEY = 'k-1d2c3b4a5f6e7d8c'

/** What it says to a request. */
interface Said {
  status: number
  json?: unknown
  headers?: Record<string, string>
}

interface Order {
  id: string
  tag: string
}

/**
 * An API of orders that takes nothing which is not of this visitor: a token of a log-in, the order that it made, its
 * version, a key; `refused` are requests that it did not take.
 */
export function ordersApi(): { server: Server; refused: string[] } {
  const refused: string[] = []
  const tokens = new Set<string>()
  const orders = new Map<string, Order>()
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (text: string) => (body += text))
    request.on('end', () => {
      const said = answer(request, body, tokens, orders)
      if (said.status >= 400) refused.push(`${request.method ?? ''} ${request.url ?? ''} ${said.status}`)
      response.writeHead(said.status, { 'content-type': 'application/json', ...said.headers })
      response.end(said.json === undefined ? '' : JSON.stringify(said.json))
    })
  })
  return { server, refused }
}

function answer(
  { method = '', url = '', headers }: IncomingMessage,
  body: string,
  tokens: Set<string>,
  orders: Map<string, Order>,
): Said {
  const { pathname, searchParams } = new URL(url, 'http://api')
  const asked = `${method} ${pathname}`
  const sent = () => JSON.parse(body) as Record<string, unknown>
  if (asked === 'POST /v1/session') {
    if (sent().password !== PASSWORD || !/^[\da-f-]{36}$/.test(String(headers['x-run'])))
      return { status: 403 }
    const token = fresh()
    tokens.add(token)
    return { status: 200, json: { session: { token } } }
  }
  if (asked === 'DELETE /v1/session') {
    const basic = Buffer.from(`ann:${PASSWORD}`).toString('base64')
    return { status: headers.authorization === `Basic ${basic}` ? 204 : 401 }
  }
  if (asked === 'POST /v1/graphql') {
    if (headers['x-api-key'] !== KEY) return { status: 401 }
    const { first } = sent().variables as { first: unknown }
    return first === 2 ? { status: 200, json: { data: { search: [{ sku: 'A1' }] } } } : { status: 400 }
  }
  if (!tokens.has(headers.authorization?.replace('Bearer ', '') ?? '')) return { status: 401 }
  if (asked === 'POST /v1/orders') {
    const { currency, lines } = sent()
    const [line] = lines as { quantity: unknown }[]
    if (line?.quantity !== 2) return { status: 422 }
    const order = { id: fresh(), tag: fresh(4) }
    orders.set(order.id, order)
    return { status: 201, json: { order: { id: order.id, currency, total: 17.5, lines } } }
  }
  const order = orders.get(pathname.replace('/v1/orders/', ''))
  if (order !== undefined && method === 'GET' && searchParams.get('expand') === 'lines')
    return { status: 200, json: { id: order.id, state: 'paid' }, headers: { etag: `"${order.tag}"` } }
  if (asked === 'POST /v1/payments') {
    const form = new URLSearchParams(body)
    const paid = orders.get(form.get('order') ?? '')
    const known = paid !== undefined && headers['if-match'] === `"${paid.tag}"`
    return known ? { status: 202, json: { accepted: true } } : { status: 412 }
  }
  return { status: 404 }
}
