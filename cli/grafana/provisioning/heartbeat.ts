import type { About } from '../about.ts'
import type { File } from '../file.ts'
import { isHeartbeat } from '../rules/model.ts'
import { rulesOf } from '../rules/rulesOf.ts'
import { alertGroup } from './alertGroup.ts'
import { yamlOf } from './yaml.ts'

/**
 * Alerts that are always firing, with a receiver of their own, past all notification policies: by a name that Grafana does
 * not read, since it does not start with a receiver that has no address.
 */
export const heartbeatFile = (about: About): File => ({
  path: 'provisioning/alerting/watchdog.yaml.example',
  text: yamlOf(COMMENT, {
    apiVersion: 1,
    contactPoints: [{ orgId: 1, name: RECEIVER, receivers: [HEARTBEAT] }],
    groups: rulesOf(about).flatMap(({ groups }) =>
      groups.flatMap((group) => alertGroup(about, group, isHeartbeat, { notification_settings: ROUTE })),
    ),
  }),
})

const RECEIVER = 'loadwright-heartbeat'

const HEARTBEAT = {
  uid: RECEIVER,
  type: 'webhook',
  disableResolveMessage: false,
  settings: { url: '$HEARTBEAT_URL', httpMethod: 'POST' },
}

const ROUTE = {
  receiver: RECEIVER,
  group_by: ['alertname', 'grafana_folder'],
  group_wait: '1s',
  group_interval: '1m',
  repeat_interval: '1m',
}

const COMMENT = `An example. Without .example in its name Grafana (11 or later) reads it. HEARTBEAT_URL, from Grafana's environment,
is a service that pages when it hears nothing for some minutes. The alert is always firing and goes there alone: no
notification policy sees it.`
