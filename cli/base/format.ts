/** Milliseconds as people read them: `0.82 ms`, `8.2 ms`, `612 ms`, `1.24 s`, `2 min 5 s`; `–` for none. */
export function time(milliseconds: number | null | undefined): string {
  if (milliseconds === undefined || milliseconds === null || !Number.isFinite(milliseconds)) return '–'
  if (milliseconds < 0) return `−${time(-milliseconds)}`
  if (milliseconds < 1) return milliseconds === 0 ? '0 ms' : `${milliseconds.toFixed(2)} ms`
  if (milliseconds < 9.95) return `${milliseconds.toFixed(1)} ms`
  if (milliseconds < 999.5) return `${Math.round(milliseconds)} ms`
  if (milliseconds < 59_995) return `${(milliseconds / 1000).toFixed(2)} s`
  const seconds = Math.round(milliseconds / 1000)
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}

/** A share as people read it: never `100 %` of what is not all, never `0 %` of what is something. */
export function share(ratio: number | null | undefined): string {
  if (ratio === undefined || ratio === null || !Number.isFinite(ratio)) return '–'
  const percent = ratio * 100
  const digits = percent < 0.995 ? 2 : percent < 9.95 || (percent > 90 && percent < 100) ? 1 : 0
  const whole = Number.isInteger(percent) ? `${percent}` : percent.toFixed(digits)
  if (percent < 100 && Number(whole) >= 100) return '> 99.9 %'
  if (percent > 0 && Number(whole) === 0) return '< 0.01 %'
  return `${whole} %`
}

/** A part as a percentage of a total; empty if the total is 0. */
export const shareText = (part: number, whole: number): string => (whole > 0 ? share(part / whole) : '')

/**
 * How many of those who started reached something: a share, or how often on average where it happens more than once
 * (`3 times each`); empty if none started.
 */
export const reachedOf = (reached: number, started: number): string =>
  reached > started && started > 0 ? `${number(reached / started)} times each` : shareText(reached, started)

/** A count, with `≥` where it is only the least that there were. */
export const atLeast = (count: number, exact: boolean): string => `${exact ? '' : '≥ '}${number(count)}`

/** A count with thousands apart: `12,345`; other numbers to three significant digits. */
export function number(value: number | null | undefined): string {
  if (value === undefined || value === null || !Number.isFinite(value)) return '–'
  if (Number.isInteger(value) || Math.abs(value) >= 1000) return Math.round(value).toLocaleString('en-US')
  return `${Number(value.toPrecision(3))}`
}

/** Bytes as people read them, by 1024. */
export function bytes(value: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB']
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log2(Math.abs(value) || 1) / 10)))
  return `${number(value / 1024 ** power)} ${units[power] ?? ''}`
}

/** Seconds since the start as a clock: `02:10`, `1:02:10`. */
export function clock(seconds: number): string {
  const whole = Math.round(Math.abs(seconds))
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60]
  const two = (value: number): string => `${value}`.padStart(2, '0')
  return `${seconds < -0.5 ? '−' : ''}${hours > 0 ? `${hours}:` : ''}${two(minutes)}:${two(rest)}`
}

/** `1 check`, `2 checks`. */
export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${number(count)} ${count === 1 ? one : many}`

/** Bytes as KiB with so many digits behind the point, where sizes are compared with a limit: `117.3 KiB`. */
export const kib = (size: number, digits = 1): string => `${(size / 1024).toFixed(digits)} KiB`

/** Some texts, and how many more there are: `a`, `b`, `and 3 more`. */
export const andMore = (texts: readonly string[], more: number): string[] =>
  more > 0 ? [...texts, `and ${number(more)} more`] : [...texts]
