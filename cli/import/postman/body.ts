import { parseJson } from '../../base/index.ts'
import { isRecord, textAt, type Raw } from '../studio/raw.ts'
import type { Part, Payload } from '../traffic/payload.ts'
import { isKind, mixed, valueOf, type Value } from '../traffic/value.ts'

/** What a request of a collection carries. */
export interface PostmanBody {
  payload: Payload
  /** The media type that Postman sends with it, where no header says one. */
  type?: string
  /** Files whose bytes are not in the collection. */
  files: readonly string[]
}

/** What gives a text its variables. */
type Fill = (text: string) => Value

/** Deeper JSON stays a text. */
const MAX_DEPTH = 100
const TYPES: Readonly<Record<string, string>> = {
  json: 'application/json',
  xml: 'application/xml',
  html: 'text/html',
  javascript: 'application/javascript',
  text: 'text/plain',
}

/** Reads what a request carries; undefined for nothing. */
export function bodyIn(body: unknown, type: string | undefined, fill: Fill): PostmanBody | undefined {
  if (!isRecord(body) || body.disabled === true) return undefined
  switch (body.mode) {
    case 'raw':
      return rawBody(textAt(body, 'raw') ?? '', languageOf(body), type, fill)
    case 'urlencoded':
      return formBody(body.urlencoded, fill)
    case 'formdata':
      return partsBody(body.formdata, fill)
    case 'graphql':
      return isRecord(body.graphql) ? graphqlBody(body.graphql, fill) : undefined
    case 'file': {
      const file = isRecord(body.file) ? (textAt(body.file, 'src') ?? 'file') : 'file'
      return { payload: { type: 'text', text: '', media: type ?? '' }, files: [file] }
    }
    default:
      return undefined
  }
}

function languageOf({ options }: Raw): string | undefined {
  const raw = isRecord(options) && isRecord(options.raw) ? options.raw : {}
  return textAt(raw, 'language')
}

function rawBody(
  text: string,
  language: string | undefined,
  type: string | undefined,
  fill: Fill,
): PostmanBody | undefined {
  if (text.trim() === '') return undefined
  const media = type ?? (language === undefined ? undefined : TYPES[language])
  const isJson = media === undefined ? /^\s*[{[]/.test(text) : /json/i.test(media)
  const json = isJson ? jsonBody(text, fill) : undefined
  if (json !== undefined) return { payload: { type: 'json', value: json }, files: [] }
  const own = media ?? 'text/plain'
  return { payload: { type: 'text', text: fill(text), media: own }, type: own, files: [] }
}

/** Marks a variable that stands in JSON as a value of its own. */
const [OPEN, CLOSE] = ['\uE000', '\uE001']
const BARE = new RegExp(`^${OPEN}(.*)${CLOSE}$`, 's')

/** JSON with variables in it, quoted or not; undefined where it is none. */
function jsonBody(text: string, fill: Fill): Value | undefined {
  const marked = text
    .split(/("(?:[^"\\]|\\.)*")/s)
    .map((part, index) =>
      index % 2 === 1
        ? part
        : part
            .replace(/\/\/[^\n]*|\/\*[^]*?\*\//g, '')
            .replace(/\{\{([^{}"]+)\}\}/g, (_, name: string) => JSON.stringify(`${OPEN}{{${name}}}${CLOSE}`)),
    )
    .join('')
  if (depthOf(marked) > MAX_DEPTH) return undefined
  const json = parseJson(marked)
  return json === undefined ? undefined : filled(valueOf(json), fill)
}

function depthOf(text: string): number {
  let depth = 0
  let most = 0
  for (const character of text)
    if (character === '[' || character === '{') most = Math.max(most, ++depth)
    else if (character === ']' || character === '}') depth--
  return most
}

function filled(value: Value, fill: Fill): Value {
  if (typeof value === 'string') {
    const bare = BARE.exec(value)?.[1]
    return bare === undefined ? fill(value) : bareValue(fill(bare))
  }
  if (isKind(value, 'fields'))
    return { type: 'fields', fields: value.fields.map(([name, own]) => [name, filled(own, fill)]) }
  return Array.isArray(value) ? (value as readonly Value[]).map((own) => filled(own, fill)) : value
}

/** What stands in JSON without quotes: a number, or what a variable holds. */
function bareValue(value: Value): Value {
  if (!isKind(value, 'mixed')) return value
  const [only, ...others] = value.parts
  return others.length === 0 && typeof only === 'object' ? only : value
}

const enabled = (list: unknown): Raw[] =>
  Array.isArray(list)
    ? list.filter(isRecord).filter((one) => one.disabled !== true && textAt(one, 'key'))
    : []

function formBody(list: unknown, fill: Fill): PostmanBody | undefined {
  const fields = enabled(list).map((one): Part => ({
    name: textAt(one, 'key') ?? '',
    value: fill(textAt(one, 'value') ?? ''),
  }))
  return fields.length === 0 ? undefined : { payload: { type: 'form', fields }, files: [] }
}

function partsBody(list: unknown, fill: Fill): PostmanBody | undefined {
  const files: string[] = []
  const fields = enabled(list).flatMap((one): Part[] => {
    const name = textAt(one, 'key') ?? ''
    if (one.type !== 'file') return [{ name, value: fill(textAt(one, 'value') ?? '') }]
    const type = textAt(one, 'contentType')
    const named = [one.src].flat().filter((src) => typeof src === 'string' && src !== '') as string[]
    return (named.length === 0 ? ['file'] : named).map((file) => {
      files.push(file)
      const part = { name, value: '', file: file.replace(/^.*[/\\]/s, '') }
      return type === undefined ? part : { ...part, type }
    })
  })
  return fields.length === 0 ? undefined : { payload: { type: 'multipart', fields }, files }
}

function graphqlBody(raw: Raw, fill: Fill): PostmanBody {
  const query = textAt(raw, 'query') ?? ''
  const operation = textAt(raw, 'operationName') ?? /^\s*(?:query|mutation)\s+(\w+)/m.exec(query)?.[1]
  const text = typeof raw.variables === 'string' ? raw.variables : JSON.stringify(raw.variables ?? '')
  const variables = text.trim() === '' || text === '""' ? undefined : jsonBody(text, fill)
  return {
    payload: {
      type: 'graphql',
      query: mixed([fill(query)]),
      ...(operation === undefined ? undefined : { operation }),
      rest: [
        ...(operation === undefined ? [] : [['operationName', operation] as const]),
        ...(variables === undefined ? [] : [['variables', variables] as const]),
      ],
    },
    files: [],
  }
}
