/** A request as it left the double, after cookies, tags and the body's encoding were applied. */
export interface SentRequest {
  method: string
  url: string
  /** Go-canonical names (`Content-Type`), one value each. */
  headers: Record<string, string>
  /** The encoded body; `''` when there is none. */
  body: string
  cookies: Record<string, string>
  /** The tags its metric samples carry, VU-wide ones included, before k6's own (`name`, `status` …). */
  tags: Record<string, string>
  metadata: Record<string, string>
  /** Milliseconds; k6's own default is 60 000. */
  timeout: number
  /** When it was sent, milliseconds since the epoch on the double's clock. */
  time: number
  vu: number
  iteration: number
  /** True for the requests that a redirect caused. */
  redirected: boolean
}

/** What a responder answers; everything it leaves out is a quick, empty `200 OK`. */
export interface CannedResponse {
  status?: number
  /** A string as it is, bytes as they are, anything else as JSON. */
  body?: unknown
  headers?: Record<string, string | string[]>
  /** A failure of the network: the response has status 0 and this error. */
  error?: string
  /** k6's code of that failure; 1000 unless told. */
  error_code?: number
  /** Milliseconds of virtual time that the answer takes; 10 unless told. */
  duration?: number
  /** The server's end of a socket whose handshake this answers; asked once without a message when it is open, then for each. */
  socket?: (message: string | ArrayBuffer | undefined, connection: PlayedSocket) => void
}

/** A socket as its server sees it; `after` is milliseconds of virtual time, 10 unless told. */
export interface PlayedSocket {
  send(message: string | ArrayBuffer, after?: number): void
  close(code?: number, reason?: string): void
  /** Cuts the connection without a word. */
  cut(): void
}

/**
 * Plays the target: gets each request, redirected ones too, and answers it at once. A socket's handshake is a `GET` of its
 * `ws://` address. A call of gRPC is a `POST` to `grpc://host:port/pkg.Service/Method`, whose body is the message as JSON and
 * whose headers are its metadata: `status` is gRPC's, `body` the message, of a stream the list of them.
 */
export type Respond = (request: SentRequest) => CannedResponse | undefined

/** Something that a script asked of a page in a browser. */
export interface PageAct {
  /** The function of k6's that was called: `goto`, `click`, `fill`, `waitFor`, `innerText` … */
  act: string
  /** Of what, as a script writes it: `page.getByRole("button", {"name":"Buy"})`. */
  on: string
  /** What it was given. */
  given: readonly unknown[]
  /** Where the page is by then. */
  url: string
}

/** What a page does where it is gone to, clicked or pressed; what is left out does not happen. */
export interface PageDid {
  /** The address of another document; that of `goto` unless told. */
  url?: string
  /** The status that the document has; 200 unless told. */
  status?: number
  /** Errors that the page writes on its console. */
  console?: readonly string[]
}

/**
 * Plays the pages of a browser: gives what an act gives (a text for `innerText`, a {@link PageDid} for `goto` or `click`),
 * at once or later; throws where the act fails. Nothing is an answer too.
 */
export type Perform = (act: PageAct) => unknown

/** k6's kinds of metric. */
export type MetricType = 'counter' | 'gauge' | 'rate' | 'trend'

/** One measured value with everything k6 would attach to it. */
export interface Sample {
  metric: string
  type: MetricType
  value: number
  tags: Record<string, string>
  metadata: Record<string, string>
  time: number
  /** Of the VU that made it. */
  iteration: number
}

/** Everything a script did in front of the double. */
export interface Recording {
  requests: SentRequest[]
  /** What was asked of pages in a browser, in order. */
  acts: PageAct[]
  checks: { name: string; ok: boolean; tags: Record<string, string> }[]
  samples: Sample[]
  /** Seconds, as `sleep` was asked. */
  sleeps: number[]
  /** Lines of `console`; `console.log` has level `info`, as in k6. */
  logs: { level: string; text: string }[]
  /** Paths of groups in the order they were entered: `::cart::pay`. */
  groups: string[]
  /** Messages of `exec.test.fail()`. */
  failed: string[]
  /** The message of `exec.test.abort()`, once it was called. */
  aborted?: string
  /** Metrics that the script declared. */
  metrics: { name: string; type: MetricType; isTime: boolean }[]
  /** Each with its rows as JSON. */
  sharedArrays: { name: string; length: number; rows: readonly string[] }[]
  /** What k6 itself would have warned of. */
  warnings: string[]
  /** How often a script looked at what an answer says: its status, headers, cookies, body. */
  answersRead: number
  /** What each call returned. */
  returned: unknown[]
  /** What iterations threw. */
  errors: unknown[]
}

/** The scenario an iteration runs in. */
export interface Scenario {
  name: string
  executor: string
  env?: Record<string, string>
  tags?: Record<string, string>
  /** Milliseconds since the epoch; now unless told. */
  startTime?: number
  /** 0 to 1; the share of iterations done unless told. */
  progress?: number
}
