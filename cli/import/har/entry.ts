import { isRecord, textAt, type Raw } from '../studio/raw.ts'
import type { Answer, Content, Exchange, Field, Message, Pair } from '../traffic/exchange.ts'
import { kindOf } from '../traffic/kinds.ts'

/** Types of answers whose text may hold what a later request sends. */
const READABLE = /html|json|xml|text\/plain|graphql|x-www-form|event-stream/i
/** Longer texts are of a download, not of what a page works with. */
const MAX_ANSWER_CHARACTERS = 8_000_000

/** One entry of a HAR; undefined where it has no address. */
export function exchangeOf(raw: unknown, number: number): Exchange | undefined {
  if (!isRecord(raw) || !isRecord(raw.request)) return undefined
  const { request } = raw
  // A sign of escapes that escapes nothing is sent as it is by a browser, and by k6 not at all.
  const url = textAt(request, 'url')?.replace(/%(?![\da-f]{2})/gi, '%25')
  if (url === undefined) return undefined
  const at = Date.parse(textAt(raw, 'startedDateTime') ?? '')
  const milliseconds = typeof raw.time === 'number' && raw.time > 0 ? raw.time : 0
  const headers = pairs(request.headers).filter(([name]) => !name.startsWith(':'))
  const answer = isRecord(raw.response) ? answerOf(raw.response) : undefined
  const method = (textAt(request, 'method') ?? 'GET').toUpperCase()
  const exchange: Exchange = {
    place: `entry ${number}`,
    at: Number.isNaN(at) ? 0 : at,
    end: Number.isNaN(at) ? 0 : at + milliseconds,
    method,
    url,
    headers,
    kind: kindOf(textAt(raw, '_resourceType'), method, url, headers, answer),
  }
  const page = textAt(raw, 'pageref')
  if (page !== undefined) exchange.page = page
  const content = isRecord(request.postData) ? contentOf(request.postData) : undefined
  if (content !== undefined) exchange.content = content
  if (answer !== undefined) exchange.answer = answer
  // A socket is open as long as somebody likes: what comes next waits for nothing.
  if (exchange.kind === 'socket') exchange.end = exchange.at
  if (Array.isArray(raw._webSocketMessages)) exchange.messages = raw._webSocketMessages.flatMap(messageOf)
  return exchange
}

/** A message of a socket; code 2 is bytes (RFC 6455, 11.8). */
function messageOf(raw: unknown): Message[] {
  if (!isRecord(raw)) return []
  const text = raw.opcode === 2 ? undefined : textAt(raw, 'data')
  const message: Message = { sent: raw.type === 'send' }
  if (text !== undefined) message.text = text
  return [message]
}

function answerOf(raw: Raw): Answer {
  const content = isRecord(raw.content) ? raw.content : {}
  const headers = pairs(raw.headers)
  const type =
    textAt(content, 'mimeType') ?? headers.find(([name]) => /^content-type$/i.test(name))?.[1] ?? ''
  const answer: Answer = { status: Number(raw.status) || 0, headers, type }
  const text = textAt(content, 'text')
  if (text !== undefined && READABLE.test(type)) {
    const plain = content.encoding === 'base64' ? Buffer.from(text, 'base64').toString('utf8') : text
    if (plain.length <= MAX_ANSWER_CHARACTERS) answer.text = plain
  }
  const to = textAt(raw, 'redirectURL') ?? headers.find(([name]) => /^location$/i.test(name))?.[1]
  if (to !== undefined && to !== '') answer.location = to
  return answer
}

function contentOf(raw: Raw): Content | undefined {
  const type = textAt(raw, 'mimeType') ?? ''
  const text = textAt(raw, 'text')
  const fields = Array.isArray(raw.params) ? raw.params.flatMap(fieldOf) : []
  if ((text === undefined || text === '') && fields.length === 0) return undefined
  return { type, fields, ...(text === undefined ? undefined : { text }) }
}

function fieldOf(raw: unknown): Field[] {
  if (!isRecord(raw)) return []
  const name = textAt(raw, 'name')
  if (name === undefined) return []
  const field: Field = { name, value: textAt(raw, 'value') ?? '' }
  const file = textAt(raw, 'fileName')
  if (file !== undefined) field.file = file
  const type = textAt(raw, 'contentType')
  if (type !== undefined) field.type = type
  return [field]
}

const pairs = (list: unknown): Pair[] =>
  Array.isArray(list)
    ? list.flatMap((raw): Pair[] => {
        if (!isRecord(raw)) return []
        const name = textAt(raw, 'name')
        return name === undefined ? [] : [[name, textAt(raw, 'value') ?? '']]
      })
    : []
