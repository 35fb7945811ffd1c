const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec'
let last = ''
let lastMs = NaN

/** Milliseconds of `10/Oct/2026:13:55:36 -0700`; NaN for anything else. */
export function clfTime(text: string): number {
  // Many lines of a second follow each other.
  if (text === last) return lastMs
  const parts = /^(\d{2})\/(\w{3})\/(\d{4}):(\d{2}):(\d{2}):(\d{2}) ([+-])(\d{2})(\d{2})$/.exec(text)
  if (!parts) return NaN
  const [, day, name = '', year, hour, minute, second, sign, hours, minutes] = parts
  const month = MONTHS.indexOf(name) / 3
  if (!Number.isInteger(month) || month < 0) return NaN
  const offset = (Number(hours) * 60 + Number(minutes)) * 60_000 * (sign === '-' ? -1 : 1)
  const local = Date.UTC(Number(year), month, Number(day), Number(hour), Number(minute), Number(second))
  last = text
  lastMs = local - offset
  return lastMs
}
