import { formatDuration } from '../../../config/duration.ts'
import type { CheckAlert, CheckShape } from './monitorCheck.ts'

/** One thing that is to change; `from` is '' for what is new, `to` for what goes. */
export interface CheckChange {
  what: string
  from: string
  to: string
}

/** How each part of a shape is said. */
const TEXTS: { readonly [Key in keyof CheckShape]-?: (shape: CheckShape) => string } = {
  enabled: ({ enabled }) => String(enabled),
  frequency: ({ frequency }) => formatDuration(frequency),
  timeout: ({ timeout }) => formatDuration(timeout),
  probes: ({ probes }) => probes.join(', '),
  labels: ({ labels }) =>
    Object.entries(labels)
      .map(([name, value]) => `${name}=${value}`)
      .toSorted()
      .join(', '),
  basicMetricsOnly: ({ basicMetricsOnly }) => String(basicMetricsOnly),
  alertSensitivity: ({ alertSensitivity }) => alertSensitivity,
  sha256: ({ sha256 }) => `sha256 ${sha256}`,
  channel: ({ channel = '' }) => channel,
  folderUid: ({ folderUid = '' }) => folderUid,
  alerts: ({ alerts = [] }) => alerts.map(alertText).join('; '),
}
/** Parts that a config calls otherwise. */
const NAMES: Partial<Record<keyof CheckShape, string>> = { frequency: 'every', sha256: 'script' }

/** An alert rule in words: `ProbeFailedExecutionsTooHigh: 2 in 15m`. */
export const alertText = ({ name, threshold, period = '', runbookUrl = '' }: CheckAlert): string =>
  `${name}: ${threshold}${period === '' ? '' : ` in ${period}`}${runbookUrl === '' ? '' : ` (${runbookUrl})`}`

/** What of a shape is to change; parts that the shape to come leaves out do not count. */
export function changesBetween(from: CheckShape | undefined, to: CheckShape): CheckChange[] {
  return (Object.keys(TEXTS) as (keyof CheckShape)[]).flatMap((key) => {
    if (to[key] === undefined || exact(from?.[key]) === exact(to[key])) return []
    const change = { what: NAMES[key] ?? key, from: from ? TEXTS[key](from) : '', to: TEXTS[key](to) }
    return from === undefined && change.to === '' ? [] : [change]
  })
}

/** A value as a text that only an equal one has, whatever the order of its keys. */
function exact(value: unknown): string | undefined {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1))
      : part,
  )
}
