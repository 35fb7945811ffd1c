import type { File } from '../file.ts'
import { DASHBOARDS, URL_FROM } from '../provisioning/index.ts'
import { yamlOf } from '../provisioning/yaml.ts'
import { PORTS, stackUrl } from './ports.ts'
import { prometheusConfig, prometheusFlags } from './prometheus.ts'

/** Images as they are published; Prometheus' version decides its flags. */
const IMAGES = {
  prometheus: { image: 'prom/prometheus:v3.14.0', version: [3, 14] as const },
  alertmanager: { image: 'prom/alertmanager:v0.34.1' },
  tempo: { image: 'grafana/tempo:3.0.3' },
  grafana: { image: 'grafana/grafana:13.2.3' },
}

/** Prometheus, Alertmanager, Tempo and Grafana on one machine, for `docker compose`: `grafana/stack`. */
export const stackFiles = (): File[] => [
  file('compose.yaml', COMPOSE, compose()),
  file(
    'prometheus.yml',
    'Runs are pushed here: loadwright run --remote-write',
    prometheusConfig({
      rules: ['/etc/prometheus/rules/*.yaml'],
      self: `localhost:${PORTS.prometheus}`,
      alertmanager: inside('alertmanager'),
      grafana: stackUrl('grafana'),
    }),
  ),
  file('alertmanager.yaml', ALERTMANAGER, alertmanager()),
  file('tempo.yaml', TEMPO, tempo()),
]

const file = (name: string, comment: string, value: object): File => ({
  path: `stack/${name}`,
  text: yamlOf(comment, value),
})

const COMPOSE = `docker compose -f grafana/stack/compose.yaml up -d
It listens on loopback alone, and whoever is on this machine may look: no password, and none to change anything.
It is not run in loadwright's own CI.`
const ALERTMANAGER = `Shows alerts, and sends none. For Slack give the receiver below a webhook, in a file of its own:
    slack_configs: [{ api_url_file: /etc/alertmanager/slack-webhook, channel: '#load' }]`
const TEMPO = `Traces of runs: loadwright run --traces ${stackUrl('otlp')}
Spans are found by their id at once, by a search after some seconds.`

/** A port of this machine, for this machine alone. */
const local = (port: number): string => `127.0.0.1:${port}:${port}`
/** A service's address for the others: its port is the same inside. */
const inside = (service: keyof typeof PORTS): string => `${service}:${PORTS[service]}`
const readOnly = (from: string, to: string): string => `${from}:${to}:ro`

const compose = (): object => ({
  name: 'loadwright',
  services: {
    prometheus: {
      image: IMAGES.prometheus.image,
      command: [
        '--config.file=/etc/prometheus/prometheus.yml',
        '--storage.tsdb.path=/prometheus',
        ...prometheusFlags(IMAGES.prometheus.version),
      ],
      ports: [local(PORTS.prometheus)],
      volumes: [
        readOnly('./prometheus.yml', '/etc/prometheus/prometheus.yml'),
        readOnly('../rules', '/etc/prometheus/rules'),
        'prometheus:/prometheus',
      ],
    },
    alertmanager: {
      image: IMAGES.alertmanager.image,
      command: ['--config.file=/etc/alertmanager/alertmanager.yaml', '--storage.path=/alertmanager'],
      ports: [local(PORTS.alertmanager)],
      volumes: [readOnly('./alertmanager.yaml', '/etc/alertmanager/alertmanager.yaml')],
    },
    tempo: {
      image: IMAGES.tempo.image,
      command: ['-target=all', '-config.file=/etc/tempo.yaml'],
      ports: [local(PORTS.tempo), local(PORTS.otlp)],
      volumes: [readOnly('./tempo.yaml', '/etc/tempo.yaml'), 'tempo:/var/tempo'],
    },
    grafana: {
      image: IMAGES.grafana.image,
      ports: [local(PORTS.grafana)],
      environment: {
        GF_AUTH_ANONYMOUS_ENABLED: 'true',
        GF_AUTH_ANONYMOUS_ORG_ROLE: 'Viewer',
        GF_AUTH_DISABLE_LOGIN_FORM: 'true',
        GF_ANALYTICS_REPORTING_ENABLED: 'false',
        [URL_FROM.prometheus]: `http://${inside('prometheus')}`,
        [URL_FROM.tempo]: `http://${inside('tempo')}`,
        [URL_FROM.alertmanager]: `http://${inside('alertmanager')}`,
      },
      // Alerts are Prometheus' here: ../provisioning/alerting would give each a twin.
      volumes: [
        readOnly('../provisioning/datasources', '/etc/grafana/provisioning/datasources'),
        readOnly('../provisioning/dashboards', '/etc/grafana/provisioning/dashboards'),
        readOnly('../dashboards/native', DASHBOARDS),
        'grafana:/var/lib/grafana',
      ],
      depends_on: ['prometheus', 'tempo', 'alertmanager'],
    },
  },
  volumes: { prometheus: {}, tempo: {}, grafana: {} },
})

const alertmanager = (): object => ({
  route: {
    receiver: 'nobody',
    group_by: ['alertname', 'testid'],
    // A run may be over in a minute.
    group_wait: '5s',
    group_interval: '10s',
    routes: [
      {
        // A receiver of your own that pages when it hears nothing for some minutes.
        receiver: 'heartbeat',
        matchers: ['alertname = "Watchdog"'],
        group_wait: '1s',
        // Nothing is sent again before the group's next turn.
        group_interval: '1m',
        repeat_interval: '1m',
      },
    ],
  },
  receivers: [{ name: 'nobody' }, { name: 'heartbeat' }],
})

const tempo = (): object => ({
  server: { http_listen_port: PORTS.tempo },
  distributor: { receivers: { otlp: { protocols: { http: { endpoint: `0.0.0.0:${PORTS.otlp}` } } } } },
  query_frontend: { query_end_cutoff: '1s' },
  metrics_generator: {
    registry: { external_labels: { source: 'tempo' } },
    storage: {
      path: '/var/tempo/generator/wal',
      remote_write: [{ url: `http://${inside('prometheus')}/api/v1/write` }],
    },
  },
  storage: {
    trace: { backend: 'local', local: { path: '/var/tempo/blocks' }, wal: { path: '/var/tempo/wal' } },
  },
  overrides: { defaults: { metrics_generator: { processors: ['span-metrics', 'service-graphs'] } } },
  usage_report: { reporting_enabled: false },
})
