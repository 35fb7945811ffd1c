import { formatDuration } from '../../../config/duration.ts'
import { MONITOR_DEFAULTS } from '../../../config/monitor/monitor.ts'
import { checkKind, shapeIn, type CheckShape } from './monitorCheck.ts'
import { monitorIdentity, type DeclaredMonitor } from '../../project/index.ts'
import { probeNames, type LiveChecks } from './live.ts'

/** A monitor as a config would say it. */
export type Pulled = Readonly<Record<string, unknown>>

/** What a tenant has of the declared monitors, as the config's `monitors`, and which of them it has not. */
export interface Pull {
  monitors: Readonly<Record<string, Pulled | readonly Pulled[]>>
  missing: readonly { suite: string; job: string; target: string }[]
}

/** Reads the declared monitors back from a tenant. */
export function pulled(declared: readonly DeclaredMonitor[], { checks, probes }: LiveChecks): Pull {
  const names = probeNames(probes)
  const found: Record<string, Pulled[]> = {}
  const missing: Pull['missing'][number][] = []
  for (const one of declared) {
    const check = checks.find((each) => monitorIdentity(each) === monitorIdentity(one))
    if (check) (found[one.suite] ??= []).push(monitorOf(one, shapeIn(check, names), checkKind(check)))
    else missing.push({ suite: one.suite, job: one.job, target: one.target })
  }
  const monitors = Object.fromEntries(
    Object.entries(found).map(([suite, list]) => [suite, list.length === 1 ? (list[0] as Pulled) : list]),
  )
  return { monitors, missing }
}

/** A check in the config's words, without what is so anyway; what a tenant does not have stays as it is declared. */
function monitorOf(declared: DeclaredMonitor, shape: CheckShape, kind: string): Pulled {
  const { suite, job, target, environment, settings } = declared
  const {
    frequency,
    timeout,
    probes,
    labels,
    alerts = [],
    enabled,
    basicMetricsOnly,
    channel,
    folderUid,
  } = shape
  const defaultTimeout = Object.entries(MONITOR_DEFAULTS.timeout).find(([name]) => name === kind)?.[1]
  const times = { every: formatDuration(frequency), timeout: formatDuration(timeout) }
  return {
    target,
    ...(job === suite ? {} : { job }),
    probes,
    ...(times.every === MONITOR_DEFAULTS.every ? {} : { every: times.every }),
    ...(times.timeout === defaultTimeout ? {} : { timeout: times.timeout }),
    ...(alerts.length === 0
      ? {}
      : {
          alerts: alerts.map(({ runbookUrl = '', ...alert }) => ({
            ...alert,
            ...(runbookUrl === '' ? {} : { runbookUrl }),
          })),
        }),
    ...(Object.keys(labels).length === 0 ? {} : { labels }),
    ...(enabled ? {} : { enabled }),
    ...(environment === undefined ? {} : { environment }),
    ...(Object.keys(settings).length === 0 ? {} : { settings }),
    ...(basicMetricsOnly ? {} : { basicMetricsOnly }),
    ...(declared.channel === undefined || channel === undefined ? {} : { channel }),
    ...(folderUid === undefined ? {} : { folderUid }),
  }
}

/** The monitors as they stand in a loadwright.config.ts. */
export const pullText = ({ monitors }: Pull): string => `monitors: ${literal(monitors, '')},`

/** A value as TypeScript writes it, short ones on one line. */
function literal(value: unknown, indent: string): string {
  if (typeof value === 'string')
    return `'${JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const inner = `${indent}  `
  const list = Array.isArray(value)
  const parts = list
    ? value.map((item) => literal(item, inner))
    : Object.entries(value).map(
        ([key, item]) => `${/^[A-Za-z_]\w*$/.test(key) ? key : literal(key, '')}: ${literal(item, inner)}`,
      )
  if (parts.length === 0) return list ? '[]' : '{}'
  const [open, close] = list ? ['[', ']'] : ['{ ', ' }']
  const line = `${open}${parts.join(', ')}${close}`
  if (line.length + indent.length < 80 && !line.includes('\n')) return line
  return `${open.trim()}\n${parts.map((part) => `${inner}${part},\n`).join('')}${indent}${close.trim()}`
}
