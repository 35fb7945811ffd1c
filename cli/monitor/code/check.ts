import { createHash } from 'node:crypto'
import type { Declared } from '../../project/index.ts'

/** An alert rule as the API has it; a tenant's may have names and periods that no monitor here may declare. */
export interface Alert {
  name: string
  threshold: number
  period?: string
  runbookUrl?: string
}

/** A check as the API has it (grafana/synthetic-monitoring-agent `checks.proto`); times in milliseconds. */
export interface Check {
  id?: number
  tenantId?: number
  job: string
  target: string
  enabled: boolean
  frequency: number
  timeout: number
  /** Ids. */
  probes: readonly number[]
  labels: readonly { name: string; value: string }[]
  basicMetricsOnly: boolean
  alertSensitivity: string
  /** One key, the kind of check; a scripted one's script is base64. */
  settings: Readonly<Record<string, unknown>>
  channels?: { k6?: { id?: string } } | null
  folderUid?: string
  /** Seconds since the epoch. */
  created?: number
  modified?: number
  alerts?: readonly Alert[] | null
}

/** What can differ between two states of a monitor: probes by name, the script by its SHA-256. */
export interface Shape {
  enabled: boolean
  frequency: number
  timeout: number
  probes: readonly string[]
  labels: Readonly<Record<string, string>>
  basicMetricsOnly: boolean
  alertSensitivity: string
  sha256: string
  channel?: string
  folderUid?: string
  alerts?: readonly Alert[]
}

/** The hex SHA-256 of a text's UTF-8. */
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** The shape that a declared monitor is to have. */
export function shapeOf(declared: Declared, script: string): Shape {
  const { enabled, frequency, timeout, probes, labels, basicMetricsOnly } = declared
  const { channel, folderUid, alerts } = declared
  return {
    enabled,
    frequency,
    timeout,
    probes,
    labels,
    basicMetricsOnly,
    // With alerts of its own a check has no sensitivity, which belongs to the rules that came before them.
    alertSensitivity: 'none',
    sha256: sha256(script),
    ...(channel === undefined ? {} : { channel }),
    ...(folderUid === undefined ? {} : { folderUid }),
    ...(alerts === undefined ? {} : { alerts: sorted(alerts) }),
  }
}

/** The shape that a tenant's check has; a probe without a name keeps its id. */
export function shapeIn(check: Check, probeNames: ReadonlyMap<number, string>): Shape {
  const { enabled, frequency, timeout, basicMetricsOnly, alertSensitivity } = check
  const channel = check.channels?.k6?.id
  return {
    enabled,
    frequency,
    timeout,
    probes: check.probes.map((id) => probeNames.get(id) ?? String(id)).toSorted(),
    labels: Object.fromEntries(check.labels.map(({ name, value }) => [name, value])),
    basicMetricsOnly,
    alertSensitivity: alertSensitivity || 'none',
    sha256: sha256(scriptOf(check) ?? ''),
    ...(channel === undefined || channel === '' ? {} : { channel }),
    ...(check.folderUid === undefined || check.folderUid === '' ? {} : { folderUid: check.folderUid }),
    alerts: sorted(check.alerts ?? []),
  }
}

/** The script of a scripted check; undefined for every other kind. */
export function scriptOf({ settings }: Pick<Check, 'settings'>): string | undefined {
  const { script } = (settings.scripted ?? {}) as { script?: unknown }
  return typeof script === 'string' ? Buffer.from(script, 'base64').toString('utf8') : undefined
}

/** The kind of a check, as the API's settings name it. */
export const kindOf = ({ settings }: Pick<Check, 'settings'>): string =>
  Object.keys(settings).find((key) => settings[key] !== null && settings[key] !== undefined) ?? 'unknown'

/**
 * What is sent for a declared monitor. What the declaration leaves out (channel, folder, offset …) an existing check
 * keeps.
 */
export function bodyOf(
  declared: Pick<Declared, 'job' | 'target'>,
  { probes: _, labels, alerts: __, sha256: ___, channel, folderUid, ...plain }: Shape,
  script: string,
  probeIds: readonly number[],
  existing?: Check,
): Check {
  const { created, modified, alerts, ...kept }: Partial<Check> = existing ?? {}
  return {
    ...kept,
    job: declared.job,
    target: declared.target,
    ...plain,
    probes: probeIds.toSorted((a, b) => a - b),
    labels: Object.entries(labels).map(([name, value]) => ({ name, value })),
    ...(channel === undefined ? {} : { channels: { k6: { id: channel } } }),
    ...(folderUid === undefined ? {} : { folderUid }),
    settings: { scripted: { script: Buffer.from(script).toString('base64') } },
  }
}

/** Alerts in one order and with every key, so that equal ones are equal. */
export const sorted = (alerts: readonly Alert[]): Required<Alert>[] =>
  alerts
    .map(({ name, threshold, period = '', runbookUrl = '' }) => ({ name, threshold, period, runbookUrl }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
