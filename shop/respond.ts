import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { readBody } from './body.ts'
import { rateOf } from './currencies.ts'
import type { Treatment } from './faults/behaviour.ts'
import { readForm, type FormFields } from './forms.ts'
import { HANDLERS, cartSize, type Ask } from './handlers.ts'
import { errorPage } from './pages/error.ts'
import { bare, htmlReply, notFound, redirectReply, textReply, type ShopReply } from './reply.ts'
import { findRoute, type Match } from './routes.ts'
import { visitorOf, type Visitor } from './session.ts'
import { answerGraphql } from './graphql/answer.ts'
import type { Stock } from './stock.ts'
import { cleanPath, type ShopTarget } from './target.ts'
import { writeReply } from './write.ts'

/** What was answered; `match` is absent when no route was found. */
export interface Handled {
  readonly reply: ShopReply
  readonly match?: Match
}

/** Answers a request of the contract, at once or after the delay that faults ask for; undefined if the client left. */
export async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  target: ShopTarget,
  stock: Stock,
): Promise<Handled | undefined> {
  const who = visitorOf(request.headers.cookie)
  const answer = misrouted(target) ?? (await routed(request, response, target, who, stock))
  if (response.destroyed) return undefined
  writeReply(request, response, answer.reply, who)
  return answer
}

function misrouted({ path, query }: ShopTarget): Handled | undefined {
  const clean = cleanPath(path)
  if (clean === path) return undefined
  return { reply: redirectReply(encodeURI(clean) + (query === '' ? '' : `?${query}`), 301) }
}

async function routed(
  request: IncomingMessage,
  response: ServerResponse,
  target: ShopTarget,
  who: Visitor,
  stock: Stock,
): Promise<Handled> {
  const match = findRoute(request.method ?? '', target.path)
  if (match === 404) return { reply: notFound() }
  if (match === 405) return { reply: bare(405) }
  const { behaviour } = stock
  // Faults of a socket meet its messages, not who asks for it in another way.
  const isSocket = match.route.name === '/ws'
  const { delayMs, failure: fault, dropped } = isSocket ? UNTREATED : behaviour.treat(match.route)
  const takesBody = match.route.methods?.includes('POST') === true
  const body = takesBody ? await readBody(request) : NO_BODY
  if (body === undefined) return { reply: textReply('413 request body too large\n', 413), match }
  if (delayMs >= 0.5) await sleep(Math.round(delayMs), undefined, { ref: false })
  if (dropped) response.destroy()
  if (response.destroyed) return { reply: bare(499), match }
  const view = viewOf(who, stock)
  const type = request.headers['content-type'] ?? ''
  const form = takesBody ? readForm(target.query, type, body) : NO_FORM
  if (fault === undefined) return { reply: handle(request, match, { view, form, body, type }, stock), match }
  if (match.route.name === '/graphql' && fault.status === 500)
    return { reply: answerGraphql({ body, type, session: view.session, stock, fault: fault.cause }), match }
  const reason = [
    `rpc error: code = Unavailable desc = fault: ${fault.cause}`,
    `could not answer ${match.route.name}`,
  ]
  return { reply: htmlReply(errorPage(view, fault.status, reason), fault.status), match }
}

const UNTREATED: Treatment = { delayMs: 0 }
const NO_FORM: FormFields = () => ''
const NO_BODY = Buffer.alloc(0)

const viewOf = ({ session, fresh, currency }: Visitor, stock: Stock) => ({
  session,
  requestId: randomUUID(),
  currency: rateOf(currency) === undefined ? 'XXX' : currency,
  size: fresh ? 0 : cartSize(session, stock),
})

function handle(
  { method, headers }: IncomingMessage,
  { route, tail }: Match,
  read: Pick<Ask, 'view' | 'form' | 'body' | 'type'>,
  stock: Stock,
): ShopReply {
  const plain = HANDLERS[route.name](
    { ...read, tail, referer: headers.referer, cookie: headers.cookie },
    stock,
  )
  const reply = { ...plain, body: stock.behaviour.page(route.name, plain.body) }
  if (method !== 'POST' || reply.location === undefined || !stock.behaviour.losesRedirect()) return reply
  return { ...bare(reply.status), ...(reply.cookies && { cookies: reply.cookies }) }
}
