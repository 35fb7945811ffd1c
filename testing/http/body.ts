import { isAnyArrayBuffer } from 'node:util/types'
import { asText } from '../text.ts'

/** A part of a multipart form, as `http.file()` makes it. */
export interface FileData {
  data: unknown
  filename: string
  content_type: string
}

/** The files that `http.file()` made: only these turn a form into a multipart one. */
export const files = new WeakSet()

/** A body as it is sent: one character a byte when it came as bytes. */
export interface Encoded {
  text: string
  contentType?: string
}

const bytes = (value: unknown): Buffer | undefined => {
  if (ArrayBuffer.isView(value)) return Buffer.from(value.buffer, value.byteOffset, value.byteLength)
  return isAnyArrayBuffer(value) ? Buffer.from(value as ArrayBuffer) : undefined
}

/** Encodes a body as k6 does; gives k6's sentence for what it refuses. */
export function encodeBody(body: unknown): Encoded | undefined | string {
  if (body === undefined || body === null) return undefined
  if (typeof body === 'string') return { text: body }
  const binary = bytes(body)
  if (binary !== undefined) return { text: binary.toString() }
  if (typeof body !== 'object' || Array.isArray(body)) return `unknown request body type ${goType(body)}`
  const entries = Object.entries(body)
  return entries.some(([, value]) => files.has(Object(value) as object)) ? multipart(entries) : form(entries)
}

function form(entries: [string, unknown][]): Encoded {
  const pairs = entries
    .flatMap(([key, value]) =>
      Array.isArray(value) ? value.map((one: unknown) => [key, one]) : [[key, value]],
    )
    .map(([key, value]) => [String(key), goFormat(value)] as const)
  pairs.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return {
    text: pairs.map(([key, value]) => `${escape(key)}=${escape(value)}`).join('&'),
    contentType: 'application/x-www-form-urlencoded',
  }
}

function multipart(entries: [string, unknown][]): Encoded {
  const boundary = 'the-double-of-k6'
  const quote = (text: string) => text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')
  const parts = entries.map(([key, value]) => {
    const name = `Content-Disposition: form-data; name="${quote(key)}"`
    if (!files.has(Object(value) as object)) return `${name}\r\n\r\n${goFormat(value)}`
    const { data, filename, content_type } = value as FileData
    const content = typeof data === 'string' ? data : (bytes(data)?.toString() ?? '')
    return `${name}; filename="${quote(filename)}"\r\nContent-Type: ${content_type}\r\n\r\n${content}`
  })
  return {
    text: `${parts.map((part) => `--${boundary}\r\n${part}\r\n`).join('')}--${boundary}--\r\n`,
    contentType: `multipart/form-data; boundary=${boundary}`,
  }
}

/** Go's `url.QueryEscape`. */
const escape = (text: string) =>
  encodeURIComponent(text)
    .replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+')

/** Go's `%v`, which is how k6 2.2 writes form values. */
export function goFormat(value: unknown): string {
  if (value === undefined || value === null) return '<nil>'
  if (Array.isArray(value)) return `[${value.map(goFormat).join(' ')}]`
  if (typeof value !== 'object') return typeof value === 'number' ? goNumber(value) : asText(value)
  const pairs = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `map[${pairs.map(([key, inner]) => `${key}:${goFormat(inner)}`).join(' ')}]`
}

function goNumber(value: number): string {
  if (Number.isInteger(value) || (Math.abs(value) >= 1e-4 && Math.abs(value) < 1e6)) return String(value)
  return value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2')
}

/** The Go type of an exported value, as it stands in k6's messages. */
export function goType(value: unknown): string {
  if (Array.isArray(value)) return '[]interface {}'
  if (typeof value === 'number') return Number.isInteger(value) ? 'int64' : 'float64'
  if (typeof value === 'boolean') return 'bool'
  return typeof value === 'object' ? 'map[string]interface {}' : typeof value
}
