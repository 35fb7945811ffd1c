/** The only project that the fake of Grafana Cloud knows. */
export const PROJECT = 77
/** The token that a run here pushes its metrics with. */
export const RUN_TOKEN = 'run-5ecret-t0ken'

const CREATED = '2026-01-01T00:00:00Z'

/** A test run, as the fake keeps it. */
export interface Run {
  id: number
  status: string
  result: string | null
  history: { type: string; entered: string; extra?: object }[]
}

/** The page of a run, as the fake gives it. */
export const pageOf = (id: number): string => `https://example.grafana.net/a/k6-app/runs/${id}`

/** The body of an error. */
export const errorModel = (message: string): object => ({ error: { code: 'error', message, details: [] } })

/** The body of a load test. */
export const testModel = ({ id, name }: { id: number; name: string }): object => ({
  id,
  project_id: PROJECT,
  name,
  baseline_test_run_id: null,
  k6_version: null,
  created: CREATED,
  updated: CREATED,
})

/** The body of a test run. Every key: where one is missing, k6 reads zeros and asks for run 0 for ever. */
export const runModel = ({ id, status, result, history }: Run): object => ({
  id,
  test_id: 500,
  project_id: PROJECT,
  started_by: null,
  created: CREATED,
  ended: null,
  note: '',
  retention_expiry: null,
  cost: null,
  status,
  status_details: history.at(-1),
  status_history: history,
  distribution: [],
  result,
  result_details: result === null ? null : { type: result, message: null, code: null },
  options: {},
  k6_dependencies: {},
  k6_versions: {},
  max_vus: null,
  max_browser_vus: null,
  estimated_duration: 60,
  execution_duration: 0,
  is_starred: false,
})

/** The body of the answer to `start_local_execution`; every key here too. */
export const localModel = (id: number, url: string): object => ({
  test_run_id: id,
  archive_upload_url: `${url}/upload/${id}`,
  test_run_details_page_url: pageOf(id),
  runtime_config: {
    test_run_token: RUN_TOKEN,
    metrics: {
      push_url: `${url}/metrics`,
      push_interval: '1s',
      push_concurrency: 1,
      aggregation_period: '1s',
      aggregation_wait_period: '1s',
      aggregation_min_samples: 1,
      max_samples_per_package: 1000,
    },
    traces: { push_url: `${url}/traces`, traces_metadata: {}, proto: 'http' },
    files: { push_url: `${url}/files`, screenshots_base_path: '/', headers: {}, method: 'POST' },
    logs: {
      push_url: `${url}/logs`,
      tail_url: `${url}/tail`,
      limit: 900,
      push_period_seconds: '1s',
      level: 'info',
      message_max_size: 10_000,
      allowed_labels: ['level', 'test_run_id'],
    },
    secrets: { endpoint: `${url}/secret?name={key}`, response_path: 'plaintext' },
  },
})
