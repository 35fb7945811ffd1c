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
  const united = Number(text) >= 0 ? `${text}ms` : text
  let total = 0
  const rest = united.replace(/(\d+(?:\.\d+)?)(\D+)/g, (_, amount: string, unit: string) => {
    total += Number(amount) * (UNITS[unit] ?? NaN)
    return ''
  })
  return rest === '' && total >= 0 ? Math.round(total * 1e6) / 1e6 : undefined
}

/** Milliseconds as k6 and Go write them: `1h2m3s`, `250ms`, `0s`. */
export const formatDuration = (milliseconds: number): string => {
  const whole = Math.round(milliseconds)
  if (whole < 1000) return whole === 0 ? '0s' : `${whole}ms`
  const parts = [
    [Math.floor(whole / 3_600_000), 'h'],
    [Math.floor((whole % 3_600_000) / 60_000), 'm'],
    [(whole % 60_000) / 1000, 's'],
  ] as const
  return parts.map(([amount, unit]) => (amount ? `${amount}${unit}` : '')).join('')
}
