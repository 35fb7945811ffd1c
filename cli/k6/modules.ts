import { K6_METRICS, PROTOCOL_METRICS, type MetricKind } from '../../config/thresholds/metricKinds.ts'

/** k6 2.2's own modules, and the names that each exports beside `default`. */
export const MODULES: Readonly<Record<string, string>> = {
  k6: 'check fail group randomSeed sleep',
  'k6/browser': 'browser chromium devices networkProfiles',
  'k6/crypto':
    'createHMAC createHash hexEncode hmac md4 md5 randomBytes ripemd160 sha1 sha256 sha384 sha512 sha512_224 sha512_256',
  'k6/crypto/x509': 'getAltNames getIssuer getSubject parse',
  'k6/data': 'SharedArray',
  'k6/encoding': 'b64decode b64encode',
  'k6/execution': 'instance scenario test vu',
  'k6/experimental/csv': 'Parser parse',
  'k6/experimental/fs': 'SeekMode open',
  'k6/experimental/streams':
    'CountQueuingStrategy ReadableStream ReadableStreamDefaultReader WritableStream WritableStreamDefaultWriter',
  'k6/experimental/websockets': 'Blob WebSocket',
  'k6/html': 'parseHTML',
  'k6/http':
    'CookieJar OCSP_REASON_AA_COMPROMISE OCSP_REASON_AFFILIATION_CHANGED OCSP_REASON_CA_COMPROMISE ' +
    'OCSP_REASON_CERTIFICATE_HOLD OCSP_REASON_CESSATION_OF_OPERATION OCSP_REASON_KEY_COMPROMISE ' +
    'OCSP_REASON_PRIVILEGE_WITHDRAWN OCSP_REASON_REMOVE_FROM_CRL OCSP_REASON_SUPERSEDED OCSP_REASON_UNSPECIFIED ' +
    'OCSP_STATUS_GOOD OCSP_STATUS_REVOKED OCSP_STATUS_SERVER_FAILED OCSP_STATUS_UNKNOWN TLS_1_0 TLS_1_1 TLS_1_2 ' +
    'TLS_1_3 asyncRequest batch cookieJar del expectedStatuses file get head options patch post put request ' +
    'setResponseCallback url',
  'k6/metrics': 'Counter Gauge Rate Trend',
  'k6/net/grpc':
    'Client HealthCheckNotServing HealthCheckServiceUnkown HealthCheckServing HealthCheckUnknown StatusAborted ' +
    'StatusAlreadyExists StatusCanceled StatusDataLoss StatusDeadlineExceeded StatusFailedPrecondition ' +
    'StatusInternal StatusInvalidArgument StatusNotFound StatusOK StatusOutOfRange StatusPermissionDenied ' +
    'StatusResourceExhausted StatusUnauthenticated StatusUnavailable StatusUnimplemented StatusUnknown Stream',
  'k6/secrets': '',
  'k6/timers': 'clearInterval clearTimeout setInterval setTimeout',
  'k6/websockets': 'Blob WebSocket',
  'k6/ws': 'connect',
}

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
export const GLOBALS: ReadonlySet<string> = new Set(
  (
    'AggregateError Array ArrayBuffer BigInt BigInt64Array BigUint64Array Boolean DataView Date Error EvalError ' +
    'Float32Array Float64Array Function GoError Infinity Int16Array Int32Array Int8Array JSON Map Math NaN Number ' +
    'Object Promise Proxy RangeError ReferenceError Reflect RegExp Set String Symbol SyntaxError TextDecoder ' +
    'TextEncoder TypeError URIError Uint16Array Uint32Array Uint8Array Uint8ClampedArray WeakMap WeakSet __ENV ' +
    '__ITER __VU clearInterval clearTimeout console crypto decodeURI decodeURIComponent encodeURI ' +
    'encodeURIComponent escape eval exports global globalThis isFinite isNaN module open parseFloat parseInt require ' +
    'setInterval setTimeout undefined unescape'
  ).split(' '),
)

/** What k6 2.2 has and 2.1, which a monitor's engine may be, has not: by module, globals under `''`. */
export const NEWER: Readonly<Record<string, readonly string[]>> = {
  '': ['TextDecoder', 'TextEncoder'],
  'k6/browser': ['chromium'],
  'k6/experimental/streams': ['WritableStream', 'WritableStreamDefaultWriter'],
}

/** The keys that k6 2.2 reads of a script's `options`; others it only warns of. Capitals do not matter to it. */
export const OPTIONS: readonly string[] = (
  'batch batchPerHost blacklistIPs blockHostnames cloud discardResponseBodies dns duration executionSegment ' +
  'executionSegmentSequence ext features handleSummaryTimeout hosts httpDebug insecureSkipTLSVerify iterations ' +
  'maxRedirects metricSamplesBufferSize minIterationDuration noConnectionReuse noCookiesReset noSetup ' +
  'noTeardown noVUConnectionReuse paused rps scenarios setupTimeout stages summaryTimeUnit summaryTrendStats ' +
  'systemTags tags teardownTimeout throw thresholds tlsAuth tlsCipherSuites tlsVersion userAgent vus'
).split(' ')

/** Options that the agent of Synthetic Monitoring sets on the command line, which wins over the script's. */
export const OVERRIDDEN: readonly string[] =
  'batch batchPerHost blacklistIPs blockHostnames dns maxRedirects noConnectionReuse throw'.split(' ')

/** The keys of every scenario, and those of each executor: any other ends k6 with 104. Capitals do not matter to it. */
export const SCENARIO: readonly string[] = 'executor startTime gracefulStop exec env tags options'.split(' ')
/** The keys of a scenario's own, by executor. */
export const EXECUTORS: Readonly<Record<string, readonly string[]>> = {
  'shared-iterations': ['vus', 'iterations', 'maxDuration'],
  'per-vu-iterations': ['vus', 'iterations', 'maxDuration'],
  'constant-vus': ['vus', 'duration'],
  'ramping-vus': ['startVUs', 'stages', 'gracefulRampDown'],
  'constant-arrival-rate': ['rate', 'timeUnit', 'duration', 'preAllocatedVUs', 'maxVUs'],
  'ramping-arrival-rate': ['startRate', 'timeUnit', 'stages', 'preAllocatedVUs', 'maxVUs'],
}

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

function only(names: RegExp): Record<string, MetricKind> {
  return Object.fromEntries(Object.entries(PROTOCOL_METRICS).filter(([name]) => names.test(name)))
}
