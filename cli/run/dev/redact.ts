import { redact, withoutTags } from '../../../config/redact.ts'

/** A header's value as it may be shown. */
export function shownHeader(name: string, value: string): string {
  const start = `${name}: `
  return redact(start + value).slice(start.length)
}

/** A message of HTTP/1.1 as k6 dumps it: the first line, headers, body; nothing of it hidden. */
export interface Message {
  first: string
  headers: [name: string, value: string][]
  body: string
}

/** Takes a dump apart. */
export function failureMessage(dump: string): Message {
  const text = dump.replaceAll('\r\n', '\n')
  const end = text.indexOf('\n\n')
  const [first = '', ...lines] = (end < 0 ? text : text.slice(0, end)).split('\n')
  const headers = lines.map((line): [string, string] => {
    const at = line.indexOf(':')
    return at < 0 ? [line, ''] : [line.slice(0, at), line.slice(at + 1).trim()]
  })
  const body = end < 0 ? '' : text.slice(end + 2)
  const chunked = headers.some((header) => /^transfer-encoding: chunked$/i.test(header.join(': ')))
  return { first, headers, body: (chunked ? unchunked(dump) : body).trimEnd() }
}

/** The body of a dump in chunks, without their lengths. */
function unchunked(dump: string): string {
  let rest = Buffer.from(dump.slice(dump.search(/\r?\n\r?\n/)).replace(/^\r?\n\r?\n/, ''))
  const parts: Buffer[] = []
  for (;;) {
    const line = /^([0-9a-f]{1,8})\r?\n/i.exec(rest.subarray(0, 16).toString('latin1'))
    const length = parseInt(line?.[1] ?? '0', 16)
    // A dump that was cut, or is none: what is left is shown as it is.
    if (!line || length === 0) return Buffer.concat(line ? parts : [...parts, rest]).toString()
    parts.push(rest.subarray(line[0].length, line[0].length + length))
    rest = rest.subarray(line[0].length + length + 2)
  }
}

/** The beginning of a body on one line: of HTML what a person would read. */
export function shownExcerpt(message: Message, most: number): string {
  const text = withoutTags(shownBody(message)).replace(/\s+/g, ' ').trim()
  return text.length > most ? `${text.slice(0, most)}…` : text
}

/** The body of a message as text, or what it is instead. */
export function shownBody({ headers, body }: Message): string {
  const find = (name: string): string =>
    headers.find(([header]) => header.toLowerCase() === name)?.[1].toLowerCase() ?? ''
  const [type, encoding] = [find('content-type'), find('content-encoding')]
  const isText = type === '' || /text|json|xml|javascript|urlencoded|html/.test(type)
  return isText && encoding === '' ? redact(body) : `[${[type, encoding].filter(Boolean).join(', ')}]`
}
