import { createHash } from 'node:crypto'
import { scriptKind } from '../../check/index.ts'
import type { DeclaredMonitor } from '../../project/index.ts'
import { defined } from '../../base/index.ts'

/** An alert rule as the API has it; a tenant's may have names and periods that no monitor here may declare. */
export interface CheckAlert {
  name: string
  threshold: number
  period?: string
  runbookUrl?: string
}

/** A check as the API has it (grafana/synthetic-monitoring-agent `checks.proto`); times in milliseconds. */
export interface MonitorCheck {
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
  /** One key, the kind of check; the script of a scripted one or of a browser's is base64. */
  settings: Readonly<Record<string, unknown>>
  channels?: { k6?: { id?: string } } | null
  folderUid?: string
  /** Seconds since the epoch. */
  created?: number
  modified?: number
  alerts?: readonly CheckAlert[] | null
}

/** What can differ between two states of a monitor: probes by name, the script by its SHA-256. */
export interface CheckShape extends Omit<
  DeclaredMonitor,
  'suite' | 'job' | 'target' | 'environment' | 'settings' | 'alerts' | 'timeout'
> {
  timeout: number
  alertSensitivity: string
  sha256: string
  alerts?: readonly CheckAlert[]
}

/** The hex SHA-256 of a text's UTF-8. */
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** The shape that a declared monitor is to have. */
export function checkShape(declared: DeclaredMonitor, script: string): CheckShape {
  const { enabled, frequency, timeout, probes, labels, basicMetricsOnly } = declared
  const { channel, folderUid, alerts } = declared
  return {
    enabled,
    frequency,
    timeout: timeout[scriptKind(script)],
    probes,
    labels,
    basicMetricsOnly,
    // With alerts of its own a check has no sensitivity, which belongs to the rules that came before them.
    alertSensitivity: 'none',
    sha256: sha256(script),
    ...defined({ channel, folderUid, alerts: alerts && sortedKeys(alerts) }),
  }
}

/** The shape that a tenant's check has; a probe without a name keeps its id. */
export function shapeIn(check: MonitorCheck, probeNames: ReadonlyMap<number, string>): CheckShape {
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
    alerts: sortedKeys(check.alerts ?? []),
  }
}

/** The script of a scripted or a browser check; undefined for every other kind. */
export function scriptOf({ settings }: Pick<MonitorCheck, 'settings'>): string | undefined {
  const { script } = (settings.scripted ?? settings.browser ?? {}) as { script?: unknown }
  return typeof script === 'string' ? Buffer.from(script, 'base64').toString('utf8') : undefined
}

/** The kind of a check, as the API's settings name it. */
export const checkKind = ({ settings }: Pick<MonitorCheck, 'settings'>): string =>
  Object.keys(settings).find((key) => settings[key] !== null && settings[key] !== undefined) ?? 'unknown'

/**
 * What is sent for a declared monitor. What the declaration leaves out (channel, folder, offset …) an existing check
 * keeps.
 */
export function checkBody(
  declared: Pick<DeclaredMonitor, 'job' | 'target'>,
  { probes: _, labels, alerts: __, sha256: ___, channel, folderUid, ...plain }: CheckShape,
  script: string,
  probeIds: readonly number[],
  existing?: MonitorCheck,
): MonitorCheck {
  const { created, modified, alerts, ...kept }: Partial<MonitorCheck> = existing ?? {}
  return {
    ...kept,
    job: declared.job,
    target: declared.target,
    ...plain,
    probes: probeIds.toSorted((a, b) => a - b),
    labels: Object.entries(labels).map(([name, value]) => ({ name, value })),
    ...(channel === undefined ? {} : { channels: { k6: { id: channel } } }),
    ...(folderUid === undefined ? {} : { folderUid }),
    settings: { [scriptKind(script)]: { script: Buffer.from(script).toString('base64') } },
  }
}

/** Alerts in one order and with every key, so that equal ones are equal. */
export const sortedKeys = (alerts: readonly CheckAlert[]): Required<CheckAlert>[] =>
  alerts
    .map(({ name, threshold, period = '', runbookUrl = '' }) => ({ name, threshold, period, runbookUrl }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
