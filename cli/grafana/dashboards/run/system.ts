import type { DashboardOptions } from '../../about.ts'
import type { RowSpec } from '../../layout.ts'
import { curves, tablePanel, type Unplaced } from '../../panels.ts'
import type { Dialect } from '../../question.ts'
import { organized } from '../transform.ts'
import { instant, WHERE } from './common.ts'

/** Metrics of the system under test: they are in a Prometheus, wherever k6's own are. */
export const SYSTEM = { type: 'prometheus', uid: '${system}' } as const

const CONTAINERS = '{namespace=~"$namespace",container!="",container!="POD"}'
const PROCESSES = '{job=~"$job"}'

/** A Prometheus scrapes itself, and is not what is tested. */
const NOT_PROMETHEUS = 'unless on (job, instance) prometheus_build_info'

/** Containers where there are some, else processes. */
const either = (containers: string, processes: string): string =>
  `sum by (container) (${containers}) or sum by (job) (${processes} ${NOT_PROMETHEUS})`

const PANELS = [
  {
    id: 801,
    title: 'CPU',
    unit: 'short',
    description: 'Cores in use: of containers (cAdvisor), else of processes.',
    expr: either(
      `rate(container_cpu_usage_seconds_total${CONTAINERS}[$__rate_interval])`,
      `rate(process_cpu_seconds_total${PROCESSES}[$__rate_interval])`,
    ),
  },
  {
    id: 802,
    title: 'Memory',
    unit: 'bytes',
    description: 'Working set of containers (cAdvisor), else resident memory of processes.',
    expr: either(
      `container_memory_working_set_bytes${CONTAINERS}`,
      `process_resident_memory_bytes${PROCESSES}`,
    ),
  },
] as const

/** The system under test beside the load: containers of `namespace`, processes of `job`. */
export const system = ({ dialect }: DashboardOptions): RowSpec => ({
  id: 800,
  title: 'System under test',
  collapsed: true,
  panels: [
    ...PANELS.flatMap(({ id, title, unit, description, expr }): Unplaced[] =>
      curves(dialect, { id, title, unit, description, w: 9, more: { datasource: SYSTEM } }, [
        {
          expr,
          datasource: SYSTEM,
          range: true,
          instant: false,
          format: 'time_series',
          legendFormat: '{{container}}{{job}}',
        },
      ]),
    ),
    ...restarts(dialect),
  ],
})

/** How often each container or process was started anew in the shown time. */
function restarts(dialect: Dialect): Unplaced[] {
  const expr = either(
    `increase(kube_pod_container_status_restarts_total${CONTAINERS}[$__range])`,
    `changes(process_start_time_seconds${PROCESSES}[$__range])`,
  )
  return tablePanel(
    dialect,
    {
      id: 803,
      title: 'Restarts',
      unit: 'locale',
      w: 6,
      h: 8,
      description:
        'Restarts in the shown time: of containers (kube-state-metrics), else of processes. The most first.',
      defaults: { decimals: 0 },
      more: {
        datasource: SYSTEM,
        transformations: [organized({ without: ['Time'], rename: { Value: 'restarts' } })],
      },
    },
    [{ expr: `sort_desc(${expr})`, datasource: SYSTEM, ...instant }],
  )
}

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
        title: 'Waiting for a connection, ${quantile:text}',
        unit: 's',
        description:
          'http_req_blocked: time before a request is sent, connecting and TLS with it. Where it grows and the target does not slow down, connections or the machine of k6 are short.',
      },
      [
        {
          ask: 'quantile',
          q: '$quantile',
          metric: 'http_req_blocked',
          by: ['journey'],
          where: WHERE,
          over: 'time',
        },
      ],
    ),
  ],
})
