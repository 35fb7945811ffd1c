import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ShopReply } from './reply.ts'
import { setCookie, type Visitor } from './session.ts'

const SHORT_BYTES = 2048

/** Writes a reply, with a session cookie for a visitor without one; long bodies are chunked, as the original's. */
export function writeReply(
  request: IncomingMessage,
  response: ServerResponse,
  reply: ShopReply,
  who: Visitor,
): void {
  const headers: Record<string, string | number | readonly string[]> = {}
  const given = who.fresh ? [setCookie('shop_session-id', who.session)] : []
  const cookies = reply.cookies === undefined ? given : [...given, ...reply.cookies]
  if (cookies.length > 0) headers['Set-Cookie'] = cookies
  if (reply.location !== undefined) headers.Location = reply.location
  if (reply.type !== undefined) headers['Content-Type'] = reply.type
  if (reply.status === 413) headers.Connection = 'close'
  if (reply.body.length < SHORT_BYTES) headers['Content-Length'] = Buffer.byteLength(reply.body)
  else if (request.httpVersion === '1.1' && request.method !== 'HEAD')
    headers['Transfer-Encoding'] = 'chunked'
  response.writeHead(reply.status, headers as Record<string, string | number | string[]>)
  response.end(reply.body)
}
