import { parseJson } from '../../base/index.ts'
import { isRecord, textAt, type Raw } from '../studio/raw.ts'
import type { Note } from '../recording.ts'
import type { Draft } from '../traffic/draft.ts'
import type { Answer, Exchange, Pair } from '../traffic/exchange.ts'
import { keptHeaders } from '../traffic/headers.ts'
import { code, isPlain, mixed, type Value } from '../traffic/value.ts'
import { addressIn, type PostmanAddress } from './address.ts'
import { authFields } from './auth.ts'
import { bodyIn } from './body.ts'
import type { Item } from './collection.ts'
import { percentDecoded } from '../percent.ts'
import { isSecret } from '../secrets/isSecret.ts'
import type { Variables } from './variables.ts'

/** A request as it is written, with what is to be said of it. */
export interface MadeRequest {
  draft: Draft
  /** What is to be done by hand, as lines of comments. */
  todo: readonly string[]
  files: readonly string[]
}

/** Where a request goes: its origin, and the part of the path that is in front of its own. */
export interface Target {
  origin: string
  prefix: readonly string[]
  /** The user and the password that stand in the address, as an auth of a collection. */
  user?: Raw
}

/** The origin of what has no address that is known. */
export const UNKNOWN_ORIGIN = 'http://target.invalid'

/** Where an address leads; undefined where it is no address of HTTP. */
export function targetOf({ before }: PostmanAddress, variables: Variables): Target | undefined {
  const text = variables.plain(before).trim()
  if (text === '' || text.includes('{{')) return { origin: UNKNOWN_ORIGIN, prefix: [] }
  const whole = /^[a-z][\w+.-]*:\/\//i.test(text) ? text : `http://${text}`
  try {
    const url = new URL(whole)
    if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined
    return {
      origin: url.origin,
      prefix: url.pathname.split('/').filter(Boolean),
      ...(url.username === '' && url.password === '' ? undefined : { user: basicAuth(url) }),
    }
  } catch {
    return undefined
  }
}

const basicAuth = ({ username, password }: URL): Raw => ({
  type: 'basic',
  basic: { username: percentDecoded(username), password: percentDecoded(password) },
})

/** Makes a request of an item; undefined, with a note, where it cannot be sent. */
export function requestOf(
  item: Item & { readonly sent: readonly Pair[] },
  at: number,
  variables: Variables,
  base: string,
  left: Note[],
): MadeRequest | undefined {
  const { request, place, name } = item
  const address = addressIn(request.url)
  const target = address && targetOf(address, variables)
  if (address === undefined || target === undefined) {
    const why = address === undefined ? 'it has no address' : 'its address is none of HTTP'
    left.push({ place: `${place} "${name}"`, text: why })
    return undefined
  }
  const todo: string[] = []
  const fill = (text: string): Value => {
    const value = variables.value(text, at)
    return value ?? variables.plain(text).replace(/\{\{[^{}]*\}\}/g, '')
  }
  const unknown = target.origin === UNKNOWN_ORIGIN
  const headers = withSent(headersOf(request), item.sent)
  const type = headers.find(([header]) => /^content-type$/i.test(header))?.[1]
  const body = bodyIn(request.body, type === undefined ? undefined : variables.plain(type), fill)
  const auth = authFields(item.auth ?? target.user, {
    value: (text) => variables.value(text, at),
    secret: (text, like) =>
      text === ''
        ? variables.value(`{{${like.replace(/\W+/g, '_')}}}`, at)
        : text.includes('{{')
          ? variables.value(text, at)
          : code(`secret('${variables.secretFor(like, text)}')`),
  })
  if (auth.problem !== undefined) todo.push(auth.problem)
  const shown = pathNames(address)
  const path = [...target.prefix, ...address.path].map((part) => partOf(part, address, variables, fill))
  const query = [
    ...address.query.map(
      ([key, value]) => [variables.plain(key), fillNamed(key, value, variables, fill)] as const,
    ),
  ]
  if (auth.query !== undefined) query.push(auth.query)
  const plain = query.every(([, value]) => isPlain(value))
  const search = plain
    ? new URLSearchParams(
        query.map(([key, value]): [string, string] => [key, typeof value === 'string' ? value : '']),
      ).toString()
    : ''
  const own = unknown ? base : target.origin
  const exchange: Exchange = {
    place,
    at: 0,
    end: 0,
    method: (textAt(request, 'method') ?? 'GET').toUpperCase().replace(/[^A-Z-]/g, '') || 'GET',
    url: `${own}/${[...target.prefix.map(encodeURI), ...shown].join('/')}${query.length > 0 ? `?${search}` : ''}`,
    kind: 'data',
    headers: headers.filter(([header]) => !/^content-type$/i.test(header)),
    ...answerOf(item.examples),
  }
  const explicit = headers.some(([header]) => header.toLowerCase() === auth.header?.[0].toLowerCase())
  const sent: (readonly [string, Value])[] = keptHeaders(exchange).map(([key, value]) => [
    key,
    fillNamed(key, value, variables, fill),
  ])
  if (auth.header !== undefined && !explicit) sent.push(auth.header)
  const media = body?.type ?? type
  if (body !== undefined && media !== undefined && needsType(media, body.payload.type))
    sent.push(['Content-Type', variables.plain(media)])
  return {
    draft: { exchange, origin: own, path, query, headers: sent, payload: body?.payload },
    todo,
    files: body?.files ?? [],
  }
}

/** A text under a name: one that may be a secret is never written. */
function fillNamed(name: string, text: string, variables: Variables, fill: (text: string) => Value): Value {
  if (text === '' || text.includes('{{') || !isSecret(name, text)) return fill(text)
  const [, scheme = '', rest = text] = /^((?:Bearer|Basic|Token) +)?(.*)$/is.exec(text) ?? []
  const own = code(`secret('${variables.secretFor(name, rest)}')`)
  return scheme === '' ? own : mixed([scheme, own])
}

const needsType = (type: string, kind: string): boolean =>
  !(kind === 'json' && /^application\/json\b/i.test(type)) &&
  !(kind === 'graphql' && /json/i.test(type)) &&
  kind !== 'form' &&
  kind !== 'multipart'

/** Headers with those that a script gives, the last of one name. */
const withSent = (headers: readonly Pair[], sent: readonly Pair[]): Pair[] => {
  const named = new Map(sent.map((pair) => [pair[0].toLowerCase(), pair]))
  return [...headers.filter(([name]) => !named.has(name.toLowerCase())), ...named.values()]
}

function headersOf({ header }: Raw): Pair[] {
  if (typeof header === 'string')
    return header.split('\n').flatMap((line): Pair[] => {
      const [, name, value] = /^\s*([^:\s]+)\s*:\s*(.*)$/.exec(line) ?? []
      return name === undefined ? [] : [[name, value ?? '']]
    })
  return (Array.isArray(header) ? header.filter(isRecord) : []).flatMap((one): Pair[] => {
    const name = (textAt(one, 'key') ?? '').trim()
    return name === '' || one.disabled === true || /[^\w!#$%&'*+.^`|~-]/.test(name)
      ? []
      : [[name, textAt(one, 'value') ?? '']]
  })
}

/** A part of a path: `:id` has a value of its own. */
function partOf(
  part: string,
  { own }: PostmanAddress,
  variables: Variables,
  fill: (text: string) => Value,
): Value {
  const name = /^:([\w-]+)$/.exec(part)?.[1]
  if (name === undefined) return fill(part)
  const value = own.get(name) ?? ''
  return value === '' ? fill(`{{${name}}}`) : fillNamed(name, value, variables, fill)
}

/** The path as its name has it: `{{orderId}}` is `:orderId`. */
const pathNames = ({ path }: PostmanAddress): string[] =>
  path.map((part) =>
    encodeURI(
      part.replace(/\{\{([^{}]*)\}\}/g, (_, name: string) => `:${name.replace(/[^\w-]/g, '')}`),
    ).replace(/[?#]/g, encodeURIComponent),
  )

/** The first answer that was saved as an example and was no failure. */
function answerOf(examples: readonly Raw[]): { answer?: Answer } {
  const example = examples.find(({ code: status }) => typeof status === 'number' && status < 400)
  if (example === undefined) return {}
  const text = textAt(example, 'body')
  const json = parseJson(text ?? '') !== undefined
  return {
    answer: {
      status: Number(example.code),
      headers: [],
      type: json ? 'application/json' : 'text/html',
      ...(text === undefined ? undefined : { text }),
    },
  }
}
