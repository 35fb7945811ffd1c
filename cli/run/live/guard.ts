import type { IncomingMessage } from 'node:http'

/** Why a request is not answered: its status and the text of the answer. */
export interface LiveRefusal {
  status: number
  text: string
}

/** Names of this machine for itself, as a Host header has them. */
const NAMES = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/i

/**
 * Why a request is refused, if it is: a page of another site that reaches this server under a name of its own (DNS
 * rebinding), or asks it across sites, and everything that is no GET.
 */
export function liveRefusal({ method, headers }: IncomingMessage): LiveRefusal | undefined {
  if (!NAMES.test(headers.host ?? '')) return { status: 421, text: 'this page is of 127.0.0.1 alone' }
  if (method !== 'GET') return { status: 405, text: 'there is nothing here but to be read' }
  const origin = headers.origin ?? `http://${headers.host}`
  const site = headers['sec-fetch-site'] ?? 'none'
  if (origin !== `http://${headers.host}` || site === 'cross-site')
    return { status: 403, text: 'this page is of no other site' }
  return undefined
}
