import type { File } from '../file.ts'
import { yamlOf } from './yaml.ts'

/** A contact point for Slack, by a name that Grafana does not read: it would replace what people have. */
export const contactFile = (): File => ({
  path: 'provisioning/alerting/contact-points.yaml.example',
  text: yamlOf(COMMENT, {
    apiVersion: 1,
    contactPoints: [
      {
        orgId: 1,
        name: 'loadwright-slack',
        receivers: [
          {
            uid: 'loadwright-slack',
            type: 'slack',
            disableResolveMessage: false,
            settings: {
              url: '$SLACK_WEBHOOK_URL',
              title: '{{ .CommonLabels.alertname }} ({{ .Status }})',
              text: '{{ range .Alerts }}{{ .Annotations.summary }}\n{{ .Annotations.description }}\n{{ end }}',
            },
          },
        ],
      },
    ],
  }),
})

const COMMENT = `An example. Without .example in its name Grafana reads it. The webhook comes from Grafana's environment:
SLACK_WEBHOOK_URL. It adds a contact point alone. To send alerts there, add a policy in Grafana: Alerting, Notification
policies, matcher severity =~ "warning|critical". A policy in a file would replace the whole tree of policies:

policies:
  - orgId: 1
    receiver: loadwright-slack
    group_by: [alertname, testid]

What is always firing has a receiver of its own: watchdog.yaml.example.`
