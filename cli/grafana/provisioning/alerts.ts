import type { About } from '../about.ts'
import type { File } from '../file.ts'
import { isHeartbeat } from '../rules/model.ts'
import { rulesOf } from '../rules/rulesOf.ts'
import { alertGroup } from './alertGroup.ts'
import { yamlOf } from './yaml.ts'

/** The alerts of the rule files as rules that Grafana itself evaluates: one file each, without heartbeats. */
export const alertFiles = (about: About): File[] =>
  rulesOf(about).map((rules) => ({
    path: `provisioning/alerting/${rules.name}.yaml`,
    text: yamlOf(`${COMMENT}\n${rules.comment}`, {
      apiVersion: 1,
      groups: rules.groups.flatMap((group) => alertGroup(about, group, (alert) => !isHeartbeat(alert))),
    }),
  }))

const COMMENT = `Written by \`loadwright grafana\`: a change here is lost.
The alerts of grafana/rules, evaluated by Grafana, with nothing recorded. Use these or those, not both.`
