import { REQUESTS, STEPS } from '../../record/index.ts'
import type { File } from '../file.ts'
import { yamlOf } from './yaml.ts'

/** The uids of data sources, which dashboards and alerts name. */
export const UID = {
  prometheus: 'loadwright-prometheus',
  scraped: 'loadwright-scraped',
  tempo: 'loadwright-tempo',
  alertmanager: 'loadwright-alertmanager',
  influxdb: 'loadwright-influxdb',
} as const

/** The variables of Grafana's environment that say where they are. */
export const URL_FROM = {
  prometheus: 'LOADWRIGHT_PROMETHEUS_URL',
  tempo: 'LOADWRIGHT_TEMPO_URL',
  alertmanager: 'LOADWRIGHT_ALERTMANAGER_URL',
  influxdb: 'LOADWRIGHT_INFLUXDB_URL',
} as const satisfies Partial<Record<keyof typeof UID, string>>

/**
 * The data source's idea of how often samples come, from which Grafana makes `$__rate_interval` (four of these): k6's
 * own 5 s. At loadwright's 1 s a plain k6 run would have gaps; at 5 s a run of loadwright is smoothed over 20 s.
 */
const PUSH = '5s'

/**
 * How often the same server scrapes what is tested. `$__rate_interval` is four times this, and the other data source's
 * 20 s would hold one scrape: rates would be dots, or nothing.
 */
export const SCRAPE = '15s'

/** Where k6's metrics are looked for at first, by the language of queries: its name and uid. */
export const METRICS_SOURCE = {
  promql: { name: 'loadwright Prometheus', uid: UID.prometheus },
  influxql: { name: 'loadwright InfluxDB', uid: UID.influxdb },
} as const

/** Where the system under test is looked for at first: its name and uid. */
export const SYSTEM_SOURCE = { name: 'loadwright Prometheus, scraped', uid: UID.scraped } as const

/** Data sources for Grafana, whose URLs come from its environment; InfluxDB's by a name that Grafana does not read. */
export const datasourceFiles = (): File[] => [
  file('prometheus.yaml', PROMETHEUS, {
    ...METRICS_SOURCE.promql,
    type: 'prometheus',
    url: `$${URL_FROM.prometheus}`,
    isDefault: false,
    jsonData: {
      httpMethod: 'POST',
      timeInterval: PUSH,
      prometheusType: 'Prometheus',
      manageAlerts: true,
      alertmanagerUid: UID.alertmanager,
    },
  }),
  file('scraped.yaml', SCRAPED, {
    ...SYSTEM_SOURCE,
    type: 'prometheus',
    url: `$${URL_FROM.prometheus}`,
    isDefault: false,
    jsonData: { httpMethod: 'POST', timeInterval: SCRAPE, prometheusType: 'Prometheus' },
  }),
  file('tempo.yaml', TEMPO, {
    name: 'loadwright Tempo',
    type: 'tempo',
    uid: UID.tempo,
    url: `$${URL_FROM.tempo}`,
    jsonData: {
      httpMethod: 'GET',
      nodeGraph: { enabled: true },
      serviceMap: { datasourceUid: UID.prometheus },
      tracesToMetrics: {
        datasourceUid: UID.prometheus,
        spanStartTimeShift: '-1m',
        spanEndTimeShift: '1m',
        tags: [
          { key: 'testid', value: 'testid' },
          ...['journey', 'step'].map((name) => ({ key: `loadwright.${name}`, value: name })),
        ],
        queries: [
          // Two dollars: one of them is Grafana's environment.
          {
            name: 'Requests per second',
            query: `sum by (name) (rate(k6_${REQUESTS.all.metric}_total{$$__tags}[1m]))`,
          },
          {
            name: 'p95 of the step',
            query: `histogram_quantile(0.95, sum (rate(k6_${STEPS.trend}_seconds{$$__tags}[1m])))`,
          },
        ],
      },
    },
  }),
  file('alertmanager.yaml', 'Where Prometheus sends its alerts.', {
    name: 'loadwright Alertmanager',
    type: 'alertmanager',
    uid: UID.alertmanager,
    url: `$${URL_FROM.alertmanager}`,
    jsonData: { implementation: 'prometheus', handleGrafanaManagedAlerts: false },
  }),
  file('influxdb.yaml.example', INFLUXDB, {
    ...METRICS_SOURCE.influxql,
    type: 'influxdb',
    url: `$${URL_FROM.influxdb}`,
    jsonData: { dbName: 'k6', httpMode: 'GET', timeInterval: '1s' },
  }),
]

const SCRAPED = `The same server for what it scrapes: the system under test. timeInterval is its scrape_interval.`
const PROMETHEUS = `Prometheus or Mimir (then prometheusType: Mimir). Grafana's own environment has ${URL_FROM.prometheus}.
timeInterval is how often samples come: 5s is plain k6's, and right for both. Where loadwright alone writes, 1s shows
more of a short run.`
const TEMPO = `Traces of runs, and from a span to its run's metrics. ${URL_FROM.tempo} is where Tempo is queried,
http://tempo:3200 for example.`
const INFLUXDB = `InfluxDB 1.x, where k6 writes with --out influxdb. Without .example in its name Grafana reads it.`

const file = (name: string, comment: string, { url, ...datasource }: Record<string, unknown>): File => ({
  path: `provisioning/datasources/${name}`,
  text: yamlOf(comment, {
    apiVersion: 1,
    datasources: [{ ...datasource, url, access: 'proxy', editable: false }],
  }),
})
