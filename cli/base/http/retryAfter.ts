/** What a Retry-After asks for, in milliseconds: seconds, or until a date. Undefined for neither; it has no bound. */
export function retryAfterMs(text: string | null | undefined, now = Date.now()): number | undefined {
  if (text === null || text === undefined) return undefined
  const wait = /^\s*\d+(\.\d+)?\s*$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now
  return Number.isNaN(wait) ? undefined : Math.max(0, wait)
}
