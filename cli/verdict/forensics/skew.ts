import { request } from '../../base/http/index.ts'

/** Milliseconds that a target may take to tell its time: it is only for a note. */
const TIMEOUT_MS = 2000

/**
 * How far a target's clock is ahead of this machine's, in milliseconds, by the Date header of its answer to one HEAD
 * request; undefined where it does not say. The header has whole seconds (RFC 9110, 5.6.7): ±0.5 s, and half the way. An
 * answer from a cache was made some seconds before (`Age`, RFC 9111, 5.1).
 */
export async function skewOf(target: string, timeoutMs = TIMEOUT_MS): Promise<number | undefined> {
  const began = Date.now()
  const answer = await request(target, { method: 'HEAD', timeoutMs })
  if ('reason' in answer) return undefined
  const { date = '', age = 0 } = answer.headers
  const there = Date.parse(date) + 500 + Number(age) * 1000
  const skew = there - (began + Date.now()) / 2
  return Number.isFinite(skew) ? Math.round(skew) : undefined
}
