const UNITS: Readonly<Record<string, number>> = {
  d: 86_400_000,
  h: 3_600_000,
  m: 60_000,
  s: 1_000,
  ms: 1,
  us: 0.001,
  µs: 0.001,
  ns: 0.000_001,
}

/** What a duration may look like, for messages. */
export const DURATION_FORMS = 'a duration such as 30s, 5m, 1m30s or 250ms'

/**
 * Milliseconds of a duration written as k6 reads it: Go's units and `d`, or a bare number of milliseconds.
 * Gives undefined for anything else, negative durations included.
 */
export const parseDuration = (text: string): number | undefined => {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text)
  if (!/^(\d+(\.\d+)?(d|h|ms|m|s|us|µs|ns))+$/.test(text)) return undefined
  let total = 0
  for (const [, amount, , unit] of text.matchAll(/(\d+(\.\d+)?)(d|h|ms|m|s|us|µs|ns)/g))
    total += Number(amount) * (UNITS[unit ?? ''] ?? 0)
  return Math.round(total * 1e6) / 1e6
}

/** Milliseconds as k6 and Go write them: `1h2m3s`, `250ms`, `0s`. */
export const formatDuration = (milliseconds: number): string => {
  const whole = Math.round(milliseconds)
  if (whole < 1000) return whole === 0 ? '0s' : `${whole}ms`
  const hours = Math.floor(whole / 3_600_000)
  const minutes = Math.floor((whole % 3_600_000) / 60_000)
  const seconds = (whole % 60_000) / 1000
  return `${hours ? `${hours}h` : ''}${minutes ? `${minutes}m` : ''}${seconds ? `${seconds}s` : ''}`
}
