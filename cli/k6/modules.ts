import { K6_METRICS, PROTOCOL_METRICS, type MetricKind } from '../../config/thresholds/metricKinds.ts'
import { BUILT_INS } from '../../testing/tables.ts'

/** Modules that k6 2 has no more, and what took their place. */
export const REMOVED: Readonly<Record<string, string>> = {
  'k6/experimental/browser': 'k6/browser',
  'k6/experimental/grpc': 'k6/net/grpc',
  'k6/experimental/redis': 'an API in front of the data: k6/x/redis is an extension',
  'k6/experimental/timers': 'the globals setTimeout and setInterval',
  'k6/experimental/tracing': 'https://jslib.k6.io/http-instrumentation-tempo/1.0.1/index.js',
  'k6/experimental/webcrypto': 'the global crypto',
}

/** Every global of a script in k6 2.2; `__ITER` only in iterations. */
export const GLOBALS: ReadonlySet<string> = new Set([
  ...BUILT_INS,
  ...'GoError TextDecoder TextEncoder __ENV __ITER __VU clearInterval clearTimeout console crypto exports'.split(
    ' ',
  ),
  ...'global module open require setInterval setTimeout'.split(' '),
])

/** What k6 2.2 has and 2.1, which a monitor's engine may be, has not: by module, globals under `''`. */
export const NEWER: Readonly<Record<string, readonly string[]>> = {
  '': ['TextDecoder', 'TextEncoder'],
  'k6/browser': ['chromium'],
  'k6/experimental/streams': ['WritableStream', 'WritableStreamDefaultWriter'],
}

/** Options that the agent of Synthetic Monitoring sets on the command line, which wins over the script's. */
export const OVERRIDDEN: readonly string[] =
  'batch batchPerHost blacklistIPs blockHostnames dns maxRedirects noConnectionReuse throw'.split(' ')

/** Metrics that exist in a script without its doing. */
export const METRICS: Readonly<Record<string, MetricKind>> = {
  ...K6_METRICS,
  ...only(/^(ws_|grpc_req_duration$)/),
}
/** Metrics that exist where a module is imported. */
export const MODULE_METRICS: Readonly<Record<string, Readonly<Record<string, MetricKind>>>> = {
  'k6/browser': only(/^browser_/),
  'k6/net/grpc': only(/^grpc_/),
}

/** The modules of k6 that alone have samples of its protocols' metrics. */
const SAMPLING: readonly (readonly [metrics: RegExp, modules: RegExp])[] = [
  [/^browser_/, /^k6\/browser$/],
  [/^grpc_/, /^k6\/net\/grpc$/],
  [/^ws_/, /^k6\/(websockets|ws|experimental\/websockets)$/],
]

/** Whether a script that imports these modules may have samples of a metric of k6's protocols. */
export const isSampled = (metric: string, modules: readonly string[]): boolean =>
  SAMPLING.some(([metrics, names]) => metrics.test(metric) && modules.some((module) => names.test(module)))

function only(names: RegExp): Record<string, MetricKind> {
  return Object.fromEntries(Object.entries(PROTOCOL_METRICS).filter(([name]) => names.test(name)))
}
