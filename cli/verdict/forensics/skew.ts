/** Milliseconds that a target may take to tell its time: it is only for a note. */
const TIMEOUT_MS = 2000

/**
 * How far a target's clock is ahead of this machine's, in milliseconds, by the Date header of its answer to one HEAD
 * request; undefined where it does not say. The header has whole seconds (RFC 9110, 5.6.7): ±0.5 s, and half the way. An
 * answer from a cache was made some seconds before (`Age`, RFC 9111, 5.1).
 */
export async function skewOf(target: string): Promise<number | undefined> {
  const began = Date.now()
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS)
    const { headers } = await fetch(target, { method: 'HEAD', redirect: 'manual', signal })
    const there = Date.parse(headers.get('date') ?? '') + 500 + Number(headers.get('age') ?? 0) * 1000
    const skew = there - (began + Date.now()) / 2
    return Number.isFinite(skew) ? Math.round(skew) : undefined
  } catch {
    return undefined
  }
}
