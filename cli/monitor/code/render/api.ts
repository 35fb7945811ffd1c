import { checkBody } from '../monitorCheck.ts'
import type { MonitorBundle } from '../ready.ts'
import { fileNames, type Rendering } from './files.ts'

/**
 * Monitors as the REST API takes them: `check` is the body of `POST /api/v1/check/add`, `alerts` that of
 * `PUT /api/v1/check/{id}/alerts`. Probes with an unknown id are listed by name.
 */
export function renderApi(all: readonly MonitorBundle[], ids: Readonly<Record<string, number>>): Rendering {
  const bodies = all.map(({ declared, shape, code }) => ({
    check: {
      ...checkBody(declared, shape, code, []),
      probes: declared.probes.map((name) => (Object.hasOwn(ids, name) ? ids[name] : name)),
    },
    alerts: { alerts: shape.alerts ?? [] },
  }))
  const nameless = [...new Set(all.flatMap(({ declared }) => declared.probes))].filter(
    (name) => !Object.hasOwn(ids, name),
  )
  const files = fileNames(all).flatMap((name, index): [string, string][] => {
    const { check, alerts } = bodies[index] as (typeof bodies)[number]
    return [
      [`${name}.check.json`, json(check)],
      ...(alerts.alerts.length > 0 ? [[`${name}.alerts.json`, json(alerts)] as [string, string]] : []),
    ]
  })
  return {
    files: Object.fromEntries(files),
    text: json({ monitors: bodies }).trimEnd(),
    notes:
      nameless.length > 0
        ? [
            `probes stand there by name (${nameless.join(', ')}), where the API wants ids: --live asks the tenant for them`,
          ]
        : [],
  }
}

const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`
