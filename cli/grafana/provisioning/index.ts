import type { About } from '../about.ts'
import type { File } from '../file.ts'
import { alertFiles } from './alerts.ts'
import { contactFile } from './contacts.ts'
import { datasourceFiles } from './datasources.ts'
import { heartbeatFile } from './heartbeat.ts'
import { yamlOf } from './yaml.ts'

export { UID, URL_FROM } from './datasources.ts'

/** Where Grafana finds the dashboards that the provider loads. */
export const DASHBOARDS = '/var/lib/grafana/dashboards/loadwright'

/** What provisions a Grafana: data sources, the dashboards' provider, alerts, and an example of a contact point. */
export const provisioningFiles = (about: About): File[] => [
  ...datasourceFiles(),
  {
    path: 'provisioning/dashboards/loadwright.yaml',
    text: yamlOf(
      `Loads every dashboard under options.path. Put one naming there, grafana/dashboards/native for example.`,
      {
        apiVersion: 1,
        providers: [
          {
            name: 'loadwright',
            orgId: 1,
            type: 'file',
            folder: 'loadwright',
            folderUid: 'loadwright',
            disableDeletion: false,
            allowUiUpdates: false,
            updateIntervalSeconds: 30,
            options: { path: DASHBOARDS },
          },
        ],
      },
    ),
  },
  ...alertFiles(about),
  heartbeatFile(about),
  contactFile(),
]
