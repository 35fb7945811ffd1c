import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/**
 * The path of a request that carries the run's token, without it: as `Authorization: Bearer …`, or as the first part of
 * the path. Undefined where it carries none, or another.
 */
export function allowedPath({ url = '', headers }: IncomingMessage, token: string): string | undefined {
  const path = url.split('?', 1)[0] ?? ''
  const bearer = /^Bearer\s+(\S+)$/i.exec(headers.authorization ?? '')?.[1]
  if (bearer !== undefined) return isSame(bearer, token) ? path : undefined
  const [, first = '', ...rest] = path.split('/')
  return isSame(first, token) ? `/${rest.join('/')}` : undefined
}

/** Compared in a time that tells nothing of where they differ. */
const isSame = (given: string, token: string): boolean => timingSafeEqual(hashOf(given), hashOf(token))

const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest()
