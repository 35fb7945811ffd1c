import type { CheckAlert, MonitorCheck } from '../../cli/monitor/code/monitorCheck.ts'

/** A check as a fake tenant keeps it. */
export interface StoredCheck extends MonitorCheck {
  id: number
  tenantId: number
  created: number
  modified: number
  alerts: CheckAlert[]
}

interface FakeProbe {
  id: number
}

/** What the API has against a check, in the words of the agent's `checks_extra.go`, whose rules it applies. */
export function checkError(check: StoredCheck, probes: readonly FakeProbe[]): string | undefined {
  const { job, target, frequency, timeout, labels, settings } = check
  if (check.probes.length === 0) return 'invalid check probes'
  if (!check.probes.every((id) => probes.some((probe) => probe.id === id))) return 'invalid check probes'
  if (target === '' || Buffer.byteLength(target) > 2048) return 'invalid check target'
  if (job === '') return 'invalid check job'
  if (!between(frequency, 60_000, 3_600_000)) return 'invalid check frequency'
  if (!between(timeout, 1000, Math.min(180_000, frequency))) return 'invalid check timeout'
  if (new Set(labels.map(({ name }) => name)).size < labels.length) return 'duplicate label name'
  for (const { name, value } of labels)
    if (!/^\w{1,128}$/.test(name) || !between(Buffer.byteLength(value), 1, 128)) return 'invalid label value'
  const { script } = (settings.scripted ?? settings.browser ?? {}) as { script?: unknown }
  if (Object.keys(settings).length !== 1) return 'invalid check settings'
  if ((settings.scripted ?? settings.browser) !== undefined && !isBase64(script)) return 'invalid K6 script'
  return undefined
}

/** What the API has against alerts: the rules of the app's form, which quotes the API for the threshold. */
export function alertsError(alerts: readonly CheckAlert[], check: StoredCheck): string | undefined {
  for (const { name, threshold, period = '' } of alerts) {
    if (name !== 'ProbeFailedExecutionsTooHigh') return `alert ${name} is not available for this check`
    const milliseconds = { '5m': 5, '10m': 10, '15m': 15, '20m': 20, '30m': 30, '1h': 60 }[period]
    if (milliseconds === undefined) return `invalid period ${period}`
    const passes = Math.floor((milliseconds * 60_000) / check.frequency) * check.probes.length
    if (milliseconds * 60_000 < check.frequency) return `invalid period ${period}`
    if (!Number.isInteger(threshold) || !between(threshold, 1, passes))
      return `invalid threshold ${threshold}`
  }
  return undefined
}

const between = (value: number, least: number, most: number): boolean => value >= least && value <= most
const isBase64 = (value: unknown): boolean =>
  typeof value === 'string' && value !== '' && Buffer.from(value, 'base64').toString('base64') === value
