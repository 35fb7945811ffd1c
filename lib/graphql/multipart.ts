import type { FileData } from 'k6/http'

/** A body of a form with files, and its type. */
export interface Multipart {
  readonly body: ArrayBuffer
  readonly type: string
}

/**
 * The body of the multipart request spec of GraphQL: the operations, where each file belongs, then the files, in this
 * order, which k6's own forms do not keep.
 */
export const multipart = (operations: string, files: Readonly<Record<string, FileData>>): Multipart => {
  const boundary = `loadwright-${crypto.randomUUID()}`
  const paths = Object.keys(files)
  const map = JSON.stringify(Object.fromEntries(paths.map((path, at) => [at, [path]])))
  const parts: Uint8Array[] = []
  const add = (head: string, content: string | Uint8Array): void => {
    const disposition = `--${boundary}\r\nContent-Disposition: form-data; ${head}\r\n\r\n`
    parts.push(
      bytesOf(disposition),
      typeof content === 'string' ? bytesOf(content) : content,
      bytesOf('\r\n'),
    )
  }
  add('name="operations"', operations)
  add('name="map"', map)
  paths.forEach((path, at) => {
    const { data, filename = 'file', content_type = 'application/octet-stream' } = files[path] as FileData
    const named = `name="${at}"; filename="${filename.replace(/["\r\n]/g, '_')}"`
    add(`${named}\r\nContent-Type: ${content_type}`, typeof data === 'string' ? data : new Uint8Array(data))
  })
  parts.push(bytesOf(`--${boundary}--\r\n`))
  return { body: joined(parts), type: `multipart/form-data; boundary=${boundary}` }
}

/** A text as UTF-8: k6 2.1 has no TextEncoder. */
const bytesOf = (text: string): Uint8Array => {
  const encoded = encodeURIComponent(text).replace(/%([\dA-F]{2})/g, (_, code: string) =>
    String.fromCharCode(Number(`0x${code}`)),
  )
  // k6's `Uint8Array.from` takes no text.
  return Uint8Array.from(Array.from(encoded), (character) => character.charCodeAt(0))
}

const joined = (parts: readonly Uint8Array[]): ArrayBuffer => {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole.buffer
}
