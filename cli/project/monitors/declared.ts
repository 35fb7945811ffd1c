import type { Config } from '../../../config/config.ts'
import { parseDuration } from '../../../config/duration.ts'
import { type Monitor, MONITOR_DEFAULTS } from '../../../config/monitor/monitor.ts'
import { defined, UserError } from '../../base/index.ts'
import type { MonitorKind } from './limits.ts'

/** A monitor as its author declared it, with every default: times in milliseconds, probes sorted. */
export interface DeclaredMonitor
  extends
    Pick<Monitor, 'target' | 'alerts' | 'channel' | 'folderUid' | 'environment'>,
    Required<Pick<Monitor, 'job' | 'enabled' | 'labels' | 'basicMetricsOnly'>> {
  suite: string
  probes: readonly string[]
  /** Milliseconds between two passes: the API's word. */
  frequency: number
  /** By the kind of check, which its script decides. */
  timeout: Readonly<Record<MonitorKind, number>>
  settings: Readonly<Record<string, string>>
}

/** What identifies a check: job and target. */
export const monitorIdentity = ({ job, target }: { job: string; target: string }): string =>
  JSON.stringify([job, target])

/** The monitors that a valid config declares. Throws UserError where it declares none at all. */
export function declaredMonitors({ monitors }: Config): DeclaredMonitor[] {
  if (monitors === undefined)
    throw new UserError(
      "no monitors are declared. Write into loadwright.config.ts: monitors: { boutique: { target: 'https://shop.example.com', probes: ['Frankfurt', 'London'] } }",
    )
  return Object.entries(monitors).flatMap(([suite, entry]) =>
    listOf(entry).map((one) => declared(suite, one)),
  )
}

const listOf = (entry: Monitor | readonly Monitor[]): readonly Monitor[] =>
  'target' in entry ? [entry] : entry

function declared(suite: string, monitor: Monitor): DeclaredMonitor {
  const { every = MONITOR_DEFAULTS.every, timeout } = monitor
  const timeoutOf = (kind: MonitorKind): number =>
    parseDuration(timeout ?? MONITOR_DEFAULTS.timeout[kind]) ?? 0
  const { alerts, channel, folderUid, environment } = monitor
  return {
    suite,
    job: monitor.job ?? suite,
    target: monitor.target,
    probes: monitor.probes.toSorted(),
    frequency: parseDuration(every) ?? 0,
    timeout: { scripted: timeoutOf('scripted'), browser: timeoutOf('browser') },
    enabled: monitor.enabled ?? true,
    basicMetricsOnly: monitor.basicMetricsOnly ?? true,
    labels: monitor.labels ?? {},
    settings: monitor.settings ?? {},
    ...defined({ alerts, channel, folderUid, environment }),
  }
}
