import { METRICS_BYTES } from '../../project/index.ts'
import type { Aggregate } from './aggregate.ts'

/** A name as the agent's output writes it: what may not stand there becomes `_`. */
export const sanitized = (name: string): string =>
  name.replace(/[^a-zA-Z0-9_:]/gu, '_').replace(/^[0-9]/, '_')

/** A series as a line of Prometheus' text: the value with six decimals. */
export const agentLine = (series: Aggregate): string => `${seriesName(series)} ${sixDecimals(series.value)}\n`

/** A series without its value: labels sorted by their tag's name. */
export function seriesName({ name, tags }: Aggregate): string {
  const labels = Object.entries(tags)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, text]) => `${sanitized(key)}="${escaped(text)}"`)
  return `probe_${sanitized(name)}${labels.length === 0 ? '' : `{${labels.join(',')}}`}`
}

const escaped = (text: string): string =>
  text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"')

/** A number as C's and Go's `%f` write it; a tie goes to the even digit. */
export function sixDecimals(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf'
  if (Math.abs(value) >= 1e21) return `${BigInt(value)}.000000`
  const [, kept = '', rest = ''] = /^(.*\.\d{6})(\d*)$/.exec(Math.abs(value).toFixed(60)) ?? []
  const isTie = /^50*$/.test(rest) && Number(kept.at(-1)) % 2 === 0
  const sign = value < 0 || Object.is(value, -0) ? '-' : ''
  return sign + (isTie ? kept : Math.abs(value).toFixed(6))
}

/** What the agent reads of a metrics' text. */
export interface Cut {
  /** The series that it reads; where some are cut, which is chance in truth, since their order is. */
  read: Aggregate[]
  /** Bytes of the whole text. */
  bytes: number
  /** How many series are cut. */
  cut: number
}

/** Cuts the metrics' text where the agent does: after the last whole line within 100 KiB. */
export function cutText(series: readonly Aggregate[], limit: number = METRICS_BYTES): Cut {
  const read: Aggregate[] = []
  let bytes = 0
  for (const one of series) {
    bytes += Buffer.byteLength(agentLine(one))
    if (bytes <= limit) read.push(one)
  }
  return { read, bytes, cut: series.length - read.length }
}
