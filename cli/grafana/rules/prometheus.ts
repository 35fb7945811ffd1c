import { Document, isMap } from 'yaml'
import type { About } from '../about.ts'
import type { File } from '../file.ts'
import { isAlert, provision, recordingRule, type Alert, type RecordingRule, type Rules } from './model.ts'
import { rulesOf } from './rulesOf.ts'
import { annotationsOf } from './words.ts'

/** Rule files for Prometheus and Mimir, under `grafana/rules`. */
export const ruleFiles = (about: About): File[] =>
  rulesOf(about).map((rules) => ({ path: `rules/${rules.name}.yaml`, text: yamlOf(rules) }))

const GENERATED = 'Written by `loadwright grafana` from the thresholds of suites: a change here is lost.'

function yamlOf({ comment, groups }: Rules): string {
  const document = new Document({
    groups: groups.map(({ name, interval, rules }) => ({
      name,
      ...(interval === undefined ? {} : { interval }),
      rules: rules.map((rule) => (isAlert(rule) ? alertOf(rule) : recordingOf(rule))),
    })),
  })
  document.commentBefore = [GENERATED, ...comment.split('\n')].map((line) => ` ${line}`).join('\n')
  for (const [group, { rules }] of groups.entries())
    for (const [at, { comment: words }] of rules.entries()) {
      const node = document.getIn(['groups', group, 'rules', at])
      if (words !== undefined && isMap(node)) node.commentBefore = ` ${words}`
    }
  return document.toString({ lineWidth: 0, blockQuote: 'literal' })
}

const recordingOf = ({ record, expr, labels }: RecordingRule) => ({
  record,
  expr: expr(recordingRule),
  ...(labels ? { labels } : {}),
})

function alertOf(alert: Alert) {
  const { value, is, limit, provided, severity, labels } = alert
  const compared = `${value(recordingRule)} ${is} ${limit}`
  return {
    alert: alert.alert,
    expr: provided ? `${compared}\n${provision(provided, recordingRule)}` : compared,
    ...(alert.for === undefined ? {} : { for: alert.for }),
    labels: { severity, ...labels },
    annotations: annotationsOf(alert, 'prometheus'),
  }
}
