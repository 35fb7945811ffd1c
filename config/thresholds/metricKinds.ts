/** k6's four kinds of metric. */
export type MetricKind = 'counter' | 'gauge' | 'rate' | 'trend'

/** k6's own metrics of protocol scripts, and their kinds. */
export const K6_METRICS = {
  checks: 'rate',
  data_received: 'counter',
  data_sent: 'counter',
  dropped_iterations: 'counter',
  group_duration: 'trend',
  http_req_blocked: 'trend',
  http_req_connecting: 'trend',
  http_req_duration: 'trend',
  http_req_failed: 'rate',
  http_req_receiving: 'trend',
  http_req_sending: 'trend',
  http_req_tls_handshaking: 'trend',
  http_req_waiting: 'trend',
  http_reqs: 'counter',
  iteration_duration: 'trend',
  iterations: 'counter',
  vus: 'gauge',
  vus_max: 'gauge',
} as const satisfies Record<string, MetricKind>

/** The metrics of k6's other protocols, and their kinds: they have samples where a script imports the module. */
export const PROTOCOL_METRICS = {
  browser_data_received: 'counter',
  browser_data_sent: 'counter',
  browser_http_req_duration: 'trend',
  browser_http_req_failed: 'rate',
  browser_web_vital_cls: 'trend',
  browser_web_vital_fcp: 'trend',
  browser_web_vital_inp: 'trend',
  browser_web_vital_lcp: 'trend',
  browser_web_vital_ttfb: 'trend',
  grpc_req_duration: 'trend',
  grpc_streams: 'counter',
  grpc_streams_msgs_received: 'counter',
  grpc_streams_msgs_sent: 'counter',
  ws_connecting: 'trend',
  ws_msgs_received: 'counter',
  ws_msgs_sent: 'counter',
  ws_ping: 'trend',
  ws_session_duration: 'trend',
  ws_sessions: 'counter',
} as const satisfies Record<string, MetricKind>
