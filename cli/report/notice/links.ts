import { envValue } from '../../base/index.ts'
import type { RunRecord } from '../../record/index.ts'
import { runUrl, type Link } from '../../telemetry/index.ts'

/** Where to see more of a run: its dashboard, where GRAFANA_URL names a Grafana; the CI job; Grafana Cloud. */
export function linksOf(record: RunRecord, env: NodeJS.ProcessEnv, ci = record.metadata?.ci): Link[] {
  const grafana = grafanaIn(env)
  return [
    ...(grafana === undefined ? [] : [{ title: 'Grafana', url: runUrl(record, { url: grafana }) }]),
    ...jobLinks(ci),
    ...(record.cloud?.link === undefined ? [] : [{ title: 'Grafana Cloud', url: record.cloud.link }]),
  ]
}

/** The CI job; nothing where there is none. */
export const jobLinks = (ci: string | undefined): Link[] =>
  ci === undefined ? [] : [{ title: 'CI job', url: ci }]

/** The Grafana of GRAFANA_URL, without a user in it; undefined where there is none that can be linked to. */
function grafanaIn(env: NodeJS.ProcessEnv): string | undefined {
  const text = envValue(env, 'GRAFANA_URL') ?? ''
  if (!URL.canParse(text)) return undefined
  const { protocol, origin, pathname } = new URL(text)
  return /^https?:$/.test(protocol) ? `${origin}${pathname}`.replace(/\/+$/, '') : undefined
}
