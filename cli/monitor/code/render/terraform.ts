import { scriptKind } from '../../../check/index.ts'
import type { MonitorBundle } from '../ready.ts'
import { fileNames, type Rendering } from './files.ts'

const CHECK = 'grafana_synthetic_monitoring_check'
const ALERTS = 'grafana_synthetic_monitoring_check_alerts'
const PROBES = 'grafana_synthetic_monitoring_probes'

/**
 * Monitors as Terraform's JSON syntax for the provider grafana/grafana. In a folder each script is a file beside it, of
 * the bytes that were hashed; in one text the scripts are inside.
 */
export function renderTerraform(all: readonly MonitorBundle[]): Rendering {
  const names = fileNames(all)
  const scripts = all.map(({ code }, index) => [`${String(names[index])}.js`, code] as const)
  const main = json(configuration(all, names, (name) => `\${file("\${path.module}/${name}.js")}`))
  const whole = json(configuration(all, names, (_, code) => literal(code)))
  return {
    files: { 'monitors.tf.json': main, ...Object.fromEntries(scripts) },
    text: whole.trimEnd(),
    notes: ['the provider reads GRAFANA_SM_ACCESS_TOKEN and GRAFANA_SM_URL from the environment'],
  }
}

function configuration(
  all: readonly MonitorBundle[],
  names: readonly string[],
  script: (name: string, code: string) => string,
): object {
  const each = all.map((ready, index) => ({
    ready,
    name: String(names[index]).replaceAll('-', '_'),
    file: String(names[index]),
  }))
  const alerted = each.filter(({ ready }) => ready.shape.alerts?.length)
  return {
    terraform: { required_providers: { grafana: { source: 'grafana/grafana' } } },
    data: { [PROBES]: { main: {} } },
    resource: {
      [CHECK]: Object.fromEntries(
        each.map(({ ready, name, file }) => [name, checkOf(ready, script(file, ready.code))]),
      ),
      ...(alerted.length === 0
        ? {}
        : { [ALERTS]: Object.fromEntries(alerted.map(({ ready, name }) => [name, alertsOf(ready, name)])) }),
    },
  }
}

function checkOf({ declared, shape, code }: MonitorBundle, script: string): object {
  const { channel, folderUid } = shape
  return {
    job: literal(declared.job),
    target: literal(declared.target),
    enabled: shape.enabled,
    frequency: shape.frequency,
    timeout: shape.timeout,
    probes: shape.probes.map((name) => `\${data.${PROBES}.main.probes[${JSON.stringify(literal(name))}]}`),
    labels: Object.fromEntries(Object.entries(shape.labels).map(([name, value]) => [name, literal(value)])),
    basic_metrics_only: shape.basicMetricsOnly,
    alert_sensitivity: shape.alertSensitivity,
    ...(folderUid === undefined ? {} : { folder_uid: literal(folderUid) }),
    ...(channel === undefined ? {} : { channels: [{ k6: [{ id: literal(channel) }] }] }),
    settings: [{ [scriptKind(code)]: [{ script }] }],
  }
}

function alertsOf({ shape }: MonitorBundle, name: string): object {
  return {
    check_id: `\${${CHECK}.${name}.id}`,
    alerts: (shape.alerts ?? []).map(({ name, threshold, period = '', runbookUrl = '' }) => ({
      name,
      threshold,
      period,
      runbook_url: literal(runbookUrl),
    })),
  }
}

/** A text that Terraform does not take for a template. */
const literal = (text: string): string => text.replace(/[$%](?=\{)/g, '$&$&')

const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`
