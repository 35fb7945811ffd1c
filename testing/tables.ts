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

/** What k6 2.2's own engine has of the built-ins. */
export const BUILT_INS: readonly string[] = (
  'AggregateError Array ArrayBuffer BigInt BigInt64Array BigUint64Array Boolean DataView Date Error EvalError ' +
  'Float32Array Float64Array Function Infinity Int16Array Int32Array Int8Array JSON Map Math NaN Number Object ' +
  'Promise Proxy RangeError ReferenceError Reflect RegExp Set String Symbol SyntaxError TypeError URIError ' +
  'Uint16Array Uint32Array Uint8Array Uint8ClampedArray WeakMap WeakSet decodeURI decodeURIComponent encodeURI ' +
  'encodeURIComponent escape eval globalThis isFinite isNaN parseFloat parseInt undefined unescape'
).split(' ')

/** The keys that k6 2.2 reads of a script's `options`; others it only warns of. Capitals do not matter to it. */
export const OPTIONS: readonly string[] = (
  'paused executionSegment executionSegmentSequence noSetup setupTimeout noTeardown teardownTimeout ' +
  'handleSummaryTimeout rps maxRedirects userAgent batch batchPerHost httpDebug insecureSkipTLSVerify ' +
  'tlsCipherSuites tlsVersion tlsAuth throw thresholds blacklistIPs blockHostnames hosts noConnectionReuse ' +
  'noVUConnectionReuse minIterationDuration ext summaryTimeUnit tags metricSamplesBufferSize noCookiesReset ' +
  'discardResponseBodies features dns summaryTrendStats systemTags scenarios cloud vus duration iterations stages'
).split(' ')

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
