const units: Record<string, number> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
}

/** Milliseconds of a k6 duration (`'1m30s'`, `'1d'`, `'1500'`, `1500`); undefined when k6 would refuse it. */
export function parseGoDuration(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
  if (typeof value !== 'string' || value === '') return undefined
  if (/^-?\d+(\.\d+)?$/.test(value)) return Number(value)
  if (!/^-?(\d+(\.\d*)?(ns|us|µs|ms|s|m|h|d))+$/.test(value)) return undefined
  let total = 0
  for (const [, amount, unit = ''] of value.matchAll(/(\d+(?:\.\d*)?)(ns|us|µs|ms|[smhd])/g)) {
    total += Number(amount) * (units[unit] ?? 0)
  }
  return value.startsWith('-') ? -total : total
}

/** Go's spelling of a duration, as `exec.test.options` shows it: `90000` → `'1m30s'`. */
export function printedDuration(milliseconds: number): string {
  if (milliseconds === 0) return '0s'
  const sign = milliseconds < 0 ? '-' : ''
  const size = Math.abs(milliseconds)
  if (size < 1000) return `${sign}${trim(size < 1 ? size * 1000 : size)}${size < 1 ? 'µs' : 'ms'}`
  const hours = Math.floor(size / 3_600_000)
  const minutes = Math.floor(size / 60_000) % 60
  const seconds = `${trim((size % 60_000) / 1000)}s`
  if (hours > 0) return `${sign}${hours}h${minutes}m${seconds}`
  return minutes > 0 ? `${sign}${minutes}m${seconds}` : `${sign}${seconds}`
}

const trim = (value: number) => String(Number(value.toFixed(9)))
