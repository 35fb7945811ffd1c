import { request as send, type IncomingHttpHeaders } from 'node:http'
import { onTestFinished } from 'vitest'
import { startShop, type Shop, type ShopOptions } from '../../shop/index.ts'

/** What a test sees of a response. */
export interface Seen {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly cookies: readonly string[]
  readonly body: string
}

/** What a test sends: a form becomes a urlencoded body. */
export interface Sent {
  readonly form?: Readonly<Record<string, string>>
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** Sends one request, the path untouched; redirects are not followed. */
export function ask(url: string, method: string, path: string, sent: Sent = {}): Promise<Seen> {
  const body = sent.form === undefined ? sent.body : new URLSearchParams(sent.form).toString()
  const type = sent.form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const options = { hostname, port, path, method, headers: { ...type, ...length, ...sent.headers } }
    send(options, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
      response.on('error', reject).on('end', () => {
        const { headers, statusCode: status = 0 } = response
        resolve({ status, headers, cookies: headers['set-cookie'] ?? [], body: text })
      })
    })
      .on('error', reject)
      .end(body)
  })
}

/** A shop for one test, and a shopper in it whose session is `session`. */
export interface Visit {
  readonly shop: Shop
  readonly get: (path: string, sent?: Sent) => Promise<Seen>
  readonly post: (path: string, form?: Readonly<Record<string, string>>, sent?: Sent) => Promise<Seen>
}

/** Starts a shop without service time that ends with the test. */
export async function visit(options: ShopOptions = {}, cookie = 'shop_session-id=tester'): Promise<Visit> {
  const shop = await startShop({ serviceTime: 0, ...options })
  onTestFinished(() => shop.close())
  const as = (sent: Sent = {}) => ({ ...sent, headers: { cookie, ...sent.headers } })
  return {
    shop,
    get: (path, sent) => ask(shop.url, 'GET', path, as(sent)),
    post: (path, form = {}, sent = {}) =>
      ask(shop.url, 'POST', path, as(sent.body === undefined ? { form, ...sent } : sent)),
  }
}

/** A checkout that is accepted, with changes. */
export const order = (changes: Readonly<Record<string, string>> = {}): Record<string, string> => ({
  email: 'someone@example.com',
  street_address: '1600 Amphitheatre Parkway',
  zip_code: '94043',
  city: 'Mountain View',
  state: 'CA',
  country: 'United States',
  credit_card_number: '4432801561520454',
  credit_card_expiration_month: '1',
  credit_card_expiration_year: String(new Date().getFullYear() + 1),
  credit_card_cvv: '672',
  ...changes,
})
