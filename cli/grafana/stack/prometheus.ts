import { SCRAPE } from '../provisioning/datasources.ts'

/** What differs between Prometheus in a container and on this machine. */
export interface PrometheusSetup {
  /** Globs of rule files, from the config's folder or absolute. */
  readonly rules: readonly string[]
  /** Its own address, which it scrapes. */
  readonly self: string
  /** Where alerts go: `alertmanager:9093`; nowhere if left out. */
  readonly alertmanager?: string
  /** Grafana's address for people, for the links in alerts. */
  readonly grafana: string
}

/** Prometheus' config. Runs are pushed; it scrapes itself alone. */
export const prometheusConfig = ({ rules, self, alertmanager, grafana }: PrometheusSetup): object => ({
  global: {
    scrape_interval: SCRAPE,
    evaluation_interval: '15s',
    // Alerts link to it: `{{ $externalLabels.grafana }}`.
    external_labels: { grafana },
  },
  rule_files: [...rules],
  ...(alertmanager === undefined
    ? {}
    : { alerting: { alertmanagers: [{ static_configs: [{ targets: [alertmanager] }] }] } }),
  scrape_configs: [{ job_name: 'prometheus', static_configs: [{ targets: [self] }] }],
})

/** The trailing week of canaries, and runs to compare with. */
const RETENTION = '30d'

/** What Prometheus is told: to take pushes, and native histograms where a version must be told. */
export const prometheusFlags = (version: readonly [number, number]): string[] => [
  `--storage.tsdb.retention.time=${RETENTION}`,
  '--web.enable-remote-write-receiver',
  ...(needsFeature(version) ? ['--enable-feature=native-histograms'] : []),
]

/** Whether a version takes native histograms. */
export const hasNative = (version: readonly [number, number]): boolean => !isBefore(version, [2, 40])

/** Whether a version must be told to take them: from 3.9 on it always does. */
export const needsFeature = (version: readonly [number, number]): boolean =>
  hasNative(version) && isBefore(version, [3, 9])

/** The first version whose receiver has a flag of its own. */
export const OLDEST = [2, 33] as const

/** Whether a version is older than another. */
export const isBefore = (
  [major, minor]: readonly [number, number],
  [otherMajor, otherMinor]: readonly [number, number],
): boolean => major < otherMajor || (major === otherMajor && minor < otherMinor)

/** The version in what `prometheus --version` prints; undefined where it prints something else. */
export function versionIn(text: string): readonly [number, number] | undefined {
  const [, major, minor] = /prometheus, version (\d+)\.(\d+)/.exec(text) ?? []
  return major === undefined ? undefined : [Number(major), Number(minor)]
}
