/** Labels that the agent puts before a script's own, and which win. */
export const AGENT_LABELS: readonly string[] = ['job', 'instance', 'probe', 'config_version']
/** Other labels that Synthetic Monitoring writes itself somewhere; k6's own tags among them are left out. */
export const SHARED_LABELS: readonly string[] =
  'check_name cipher frequency geohash le rating result sm_region source version'.split(' ')
/** Labels that the output takes away from every sample. */
export const DROPPED_LABELS: readonly string[] = ['error', 'error_code', 'expected_response']

/** Metrics that the agent itself publishes as `probe_…`, with another help text: two make all data void. */
export const FATAL_METRICS: readonly string[] = ['success', 'duration_seconds']
/** Metrics that the output, or the agent, makes of others and publishes as `probe_…`. */
export const DERIVED_METRICS: readonly string[] = (
  'all_duration_seconds all_success check_success_rate checks_total data_received_bytes data_sent_bytes ' +
  'http_duration_seconds http_error_code http_got_expected_response http_info http_requests_failed ' +
  'http_requests_failed_total http_requests_total http_ssl http_status_code http_total_duration_seconds http_version ' +
  'iteration_duration_seconds script_duration_seconds'
).split(' ')

/** A tag's key as a label: what Prometheus does not take becomes `_`. */
export const labelOf = (key: string): string =>
  Array.from(key, (letter, index) => ((index === 0 ? /[A-Za-z_]/ : /\w/).test(letter) ? letter : '_')).join(
    '',
  )
