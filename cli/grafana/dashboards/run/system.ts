import type { DashboardOptions } from '../../about.ts'
import type { RowSpec } from '../../layout.ts'
import { curves, type Unplaced } from '../../panels.ts'
import { WHERE } from './common.ts'

/** Metrics of the system under test: they are in a Prometheus, wherever k6's own are. */
export const SYSTEM = { type: 'prometheus', uid: '${system}' } as const

const CONTAINERS = '{namespace=~"$namespace",container!="",container!="POD"}'
const PROCESSES = '{job=~"$job"}'

const PANELS = [
  {
    id: 801,
    title: 'CPU',
    unit: 'short',
    description: 'Cores in use: of containers (cAdvisor), else of processes.',
    containers: `rate(container_cpu_usage_seconds_total${CONTAINERS}[$__rate_interval])`,
    processes: `rate(process_cpu_seconds_total${PROCESSES}[$__rate_interval])`,
  },
  {
    id: 802,
    title: 'Memory',
    unit: 'bytes',
    description: 'Working set of containers (cAdvisor), else resident memory of processes.',
    containers: `container_memory_working_set_bytes${CONTAINERS}`,
    processes: `process_resident_memory_bytes${PROCESSES}`,
  },
  {
    id: 803,
    title: 'Restarts',
    unit: 'short',
    description: 'Restarts of containers (kube-state-metrics), else of processes.',
    containers: `increase(kube_pod_container_status_restarts_total${CONTAINERS}[$__rate_interval])`,
    processes: `changes(process_start_time_seconds${PROCESSES}[$__rate_interval])`,
  },
] as const

/** The system under test beside the load: containers of `namespace`, processes of `job`. */
export const system = ({ dialect }: DashboardOptions): RowSpec => ({
  id: 800,
  title: 'System under test',
  collapsed: true,
  panels: PANELS.flatMap(({ id, title, unit, description, containers, processes }): Unplaced[] =>
    curves(dialect, { id, title, unit, description, w: 8, more: { datasource: SYSTEM } }, [
      {
        expr: `sum by (container) (${containers}) or sum by (job) (${processes})`,
        datasource: SYSTEM,
        range: true,
        instant: false,
        format: 'time_series',
        legendFormat: '__auto',
      },
    ]),
  ),
})

/** Whether k6 itself was the limit. */
export const generator = ({ dialect }: DashboardOptions): RowSpec => ({
  id: 900,
  title: 'Generator',
  collapsed: true,
  panels: [
    ...curves(
      dialect,
      {
        id: 901,
        title: 'VUs: busy and available',
        unit: 'short',
        description:
          'VUs in an iteration, by scenario. Where they come near to all that there are, iterations are dropped.',
      },
      [
        { ask: 'busy', by: ['scenario'], where: WHERE, over: 'time', legend: 'busy: {{scenario}}' },
        { ask: 'level', metric: 'vus_max', over: 'time', legend: 'most VUs' },
      ],
    ),
    ...curves(
      dialect,
      {
        id: 902,
        title: 'Waiting for a connection, p95',
        unit: 's',
        description:
          'http_req_blocked: time before a request is sent, connecting and TLS with it. Where it grows and the target does not slow down, connections or the machine of k6 are short.',
      },
      [{ ask: 'quantile', q: 0.95, metric: 'http_req_blocked', by: ['journey'], where: WHERE, over: 'time' }],
    ),
  ],
})
