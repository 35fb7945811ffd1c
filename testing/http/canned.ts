import { isAnyArrayBuffer } from 'node:util/types'
import type { CannedResponse } from '../types.ts'
import { parseSetCookie, type Cookie } from './cookie.ts'
import { canonical } from './headers.ts'

/** How a network failed: k6's words and code, and after how many milliseconds. */
export interface CannedFailure {
  error: string
  code: number
  duration: number
}

/** The failure a request ends in, given what is left of its timeout; undefined when it is answered. */
export function cannedFailure(
  canned: CannedResponse,
  url: string,
  timeout: number,
): CannedFailure | undefined {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(url)?.[1] ?? ''
  if (!/^https?$/i.test(scheme)) {
    return { error: `unsupported protocol scheme ${JSON.stringify(scheme)}`, code: 1000, duration: 0 }
  }
  if (canned.error !== undefined) {
    return { error: canned.error, code: canned.error_code ?? 1000, duration: canned.duration ?? 10 }
  }
  if ((canned.duration ?? 10) > timeout) return { error: 'request timeout', code: 1050, duration: timeout }
  return undefined
}

/** The headers of an answer, as k6 lists them: canonical names, one value each. */
export function cannedHeaders({ headers = {}, body }: CannedResponse): Record<string, string> {
  const flat: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) flat[canonical(name)] = [value].flat().join(', ')
  const isJson =
    typeof body === 'object' && body !== null && !ArrayBuffer.isView(body) && !isAnyArrayBuffer(body)
  if (isJson) flat['Content-Type'] ??= 'application/json'
  return flat
}

/** The cookies an answer sets. */
export function cookiesOf({ headers = {} }: CannedResponse): Cookie[] {
  const lines = Object.entries(headers).flatMap(([name, value]) =>
    canonical(name) === 'Set-Cookie' ? value : [],
  )
  return lines.flatMap((line) => parseSetCookie(line) ?? [])
}
