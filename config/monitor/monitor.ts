import type { SettingName } from '../settings/settings.ts'

/** Grafana's public probes by the names that its API uses; a private probe may have any name. */
export const PUBLIC_PROBES = [
  ...(['Ohio', 'Oregon', 'NorthVirginia', 'NorthCalifornia', 'Montreal', 'Calgary', 'SaoPaulo'] as const),
  ...(['Frankfurt', 'London', 'Paris', 'Spain', 'Stockholm', 'Zurich', 'CapeTown', 'UAE'] as const),
  ...(['Mumbai', 'Hyderabad', 'Jakarta', 'Seoul', 'Singapore', 'Sydney', 'Tokyo'] as const),
] as const

/** The alerts that a scripted check may have: at least `threshold` failed passes, of all probes, within `period`. */
export const ALERTS = ['ProbeFailedExecutionsTooHigh'] as const

/** What an alert may look back over. */
export const ALERT_PERIODS = ['5m', '10m', '15m', '20m', '30m', '1h'] as const

/** An alert rule of a monitor. */
export interface MonitorAlert {
  name: (typeof ALERTS)[number]
  /** Failed passes, of all probes together; at most as many as there are in the period. */
  threshold: number
  /** At least as long as `every`. */
  period: (typeof ALERT_PERIODS)[number]
  /** Where it is written what to do about it. */
  runbookUrl?: string
}

/** A suite's single pass as a scripted check of Synthetic Monitoring. */
export interface Monitor {
  /** What BASE_URL is baked as, and the check's target: its label `instance`. */
  target: string
  /** Where it runs: 1 to 64 names of probes. */
  probes: readonly ((typeof PUBLIC_PROBES)[number] | (string & {}))[]
  /** How often, 1m to 1h. Default: `5m`. */
  every?: string
  /** When the agent kills it, 5s to 3m, at most `every`. Default: `30s`, of a suite in a browser `60s`. */
  timeout?: string
  /** Left out: what the tenant has stays. Empty: none. */
  alerts?: readonly MonitorAlert[]
  /** Labels on every series and log line, 10 at most. */
  labels?: Readonly<Record<string, string>>
  /** Its name, the label `job`; with the target it identifies the check. Default: the suite's name. */
  job?: string
  /** Default: true. */
  enabled?: boolean
  /** The environment that is baked. Default: the first whose target or hosts the target is among. */
  environment?: string
  /** Further settings to bake, such as `{ REQUEST_TIMEOUT: '5s' }`. */
  settings?: Readonly<Partial<Record<SettingName, string>>>
  /** False for histograms and more, at several times the series. Default: true. */
  basicMetricsOnly?: boolean
  /** The channel of k6's versions, such as `v2`. Left out: what the tenant has stays. */
  channel?: string
  /** The UID of Grafana's folder. Left out: what the tenant has stays. */
  folderUid?: string
}

/** Monitors by the name of their suite; an array for a suite that watches several targets. */
export type Monitors = Readonly<Record<string, Monitor | readonly Monitor[]>>

/** What holds where a monitor does not say; the timeout by the kind of check, which its script decides. */
export const MONITOR_DEFAULTS = { every: '5m', timeout: { scripted: '30s', browser: '60s' } } as const

/**
 * Names of labels that the agent sets itself and the API refuses: grafana/synthetic-monitoring-agent,
 * `pkg/pb/synthetic_monitoring/checks_extra.go`.
 */
export const RESERVED_LABELS: readonly string[] = [
  ...['check', 'check_name', 'cipher', 'config_version', 'execution_id', 'fingerprint_sha256', 'frequency'],
  ...['geohash', 'instance', 'issuer', 'job', 'le', 'method', 'name', 'phase', 'probe', 'probe_success'],
  ...['proto', 'rating', 'result', 'scenario', 'serialnumber', 'sm_region', 'source', 'status', 'subject'],
  ...['subjectalternative', 'tls_version', 'url', 'version'],
]
