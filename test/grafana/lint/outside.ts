import type { SeriesType } from './catalogue.ts'

/** Series that others write. */
interface Outside {
  readonly from: string
  /** Undefined where people add labels of their own. */
  readonly labels: readonly string[] | undefined
  readonly series: Readonly<Record<string, SeriesType>>
}

const POD = ['namespace', 'pod', 'container', 'node', 'instance', 'job']

/** What dashboards and rules may name beside k6's series and loadwright's. */
export const OUTSIDE: readonly Outside[] = [
  {
    from: 'process metrics of Prometheus’ client libraries',
    labels: ['job', 'instance', 'namespace', 'pod', 'service'],
    series: {
      process_cpu_seconds_total: 'counter',
      process_resident_memory_bytes: 'gauge',
      process_start_time_seconds: 'gauge',
      process_open_fds: 'gauge',
    },
  },
  {
    from: 'cAdvisor',
    labels: [...POD, 'image', 'id', 'name', 'cpu', 'interface'],
    series: {
      container_cpu_usage_seconds_total: 'counter',
      container_memory_working_set_bytes: 'gauge',
      container_memory_usage_bytes: 'gauge',
      container_cpu_cfs_throttled_periods_total: 'counter',
      container_cpu_cfs_periods_total: 'counter',
      container_network_receive_bytes_total: 'counter',
      container_network_transmit_bytes_total: 'counter',
    },
  },
  {
    from: 'kube-state-metrics',
    labels: [...POD, 'uid', 'resource', 'unit', 'reason'],
    series: {
      kube_pod_container_status_restarts_total: 'counter',
      kube_pod_container_resource_limits: 'gauge',
      kube_pod_container_resource_requests: 'gauge',
    },
  },
  {
    from: 'Synthetic Monitoring: every check',
    labels: undefined,
    series: {
      sm_check_info: 'gauge',
      probe_success: 'gauge',
      probe_duration_seconds: 'gauge',
      probe_all_success_sum: 'counter',
      probe_all_success_count: 'counter',
      probe_all_duration_seconds_bucket: 'buckets',
      probe_all_duration_seconds_sum: 'counter',
      probe_all_duration_seconds_count: 'counter',
    },
  },
  {
    from: 'Synthetic Monitoring: scripted checks, of the last execution',
    labels: undefined,
    series: {
      probe_checks_total: 'gauge',
      probe_check_success_rate: 'gauge',
      probe_http_duration_seconds: 'gauge',
      probe_http_total_duration_seconds: 'gauge',
      probe_http_requests_total: 'gauge',
      probe_http_requests_failed_total: 'gauge',
      probe_http_got_expected_response: 'gauge',
      probe_iteration_duration_seconds: 'gauge',
      probe_script_duration_seconds: 'gauge',
      probe_data_received_bytes: 'gauge',
      probe_data_sent_bytes: 'gauge',
      probe_group_duration: 'gauge',
      probe_journey_duration: 'gauge',
      probe_journey_failed: 'gauge',
      probe_browser_web_vital_lcp: 'gauge',
    },
  },
  {
    from: 'Prometheus',
    labels: undefined,
    series: { ALERTS: 'gauge', ALERTS_FOR_STATE: 'gauge', up: 'gauge', prometheus_build_info: 'gauge' },
  },
]
