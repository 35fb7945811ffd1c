import { parseJson } from '../../base/index.ts'
import { askedMs, redactLine, request, secretWords } from '../../base/http/index.ts'
import type { Collector } from './collector.ts'

/** What became of a batch: taken, but for some; refused, not to be sent again; or to be tried again. */
export type CollectorAnswer =
  | { is: 'taken'; rejected: number; why?: string }
  | { is: 'refused'; why: string }
  | {
      is: 'later'
      why: string
      /** Milliseconds that the collector asks for. */
      wait?: number
    }

/** What is read of an answer. */
const MAX_ANSWER_BYTES = 64 * 1024

/** Statuses that may be tried again (OTLP specification, "Retryable Response Codes"); nobody may try others again. */
const RETRYABLE_STATUSES = [429, 502, 503, 504]

/**
 * Posts a batch by OTLP/HTTP JSON. A redirect is no answer: nothing follows it, and no secret. Rejects with the signal's
 * reason alone.
 */
export async function post(
  { url, headers }: Collector,
  body: string,
  { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal },
): Promise<CollectorAnswer> {
  const secrets = secretWords(Object.values(headers))
  const answer = await request(url, {
    method: 'POST',
    body,
    timeoutMs,
    signal,
    secrets,
    mostBytes: MAX_ANSWER_BYTES,
    headers: { ...headers, 'content-type': 'application/json' },
  })
  if ('reason' in answer) return { is: 'later', why: answer.reason + grpcHint(answer.error, url) }
  const { status, text } = answer
  if (status < 300) return taken(text, secrets)
  const said = redactLine(text, secrets)
  const why = `answers ${status}${said === '' ? '' : ` (${said})`}`
  if (!RETRYABLE_STATUSES.includes(status)) return { is: 'refused', why: `${why}${adviceFor(status)}` }
  const wait = askedMs(answer)
  return { is: 'later', why, ...(wait === undefined ? {} : { wait }) }
}

/** A collector may take a part only, and says how many spans it did not (ExportTracePartialSuccess). */
function taken(text: string, secrets: readonly string[]): CollectorAnswer {
  const { partialSuccess } = (parseJson(text) ?? {}) as {
    partialSuccess?: { rejectedSpans?: string | number; errorMessage?: unknown }
  }
  const why = partialSuccess?.errorMessage
  return {
    is: 'taken',
    rejected: Number(partialSuccess?.rejectedSpans ?? 0) || 0,
    ...(why ? { why: `takes not all (${redactLine(JSON.stringify(why), secrets)})` } : {}),
  }
}

function adviceFor(status: number): string {
  if (status === 401 || status === 403)
    return ': what opens it goes into OTEL_EXPORTER_OTLP_HEADERS, name=value'
  if (status === 404 || status === 405)
    return ': is this the URL of an OTLP/HTTP receiver? Its path is mostly /v1/traces'
  if (status === 415) return ': it does not take OTLP as JSON'
  if (status >= 300 && status < 400) return ': it leads elsewhere: give that URL, which is not followed'
  return ''
}

const GRPC_PORT = '4317'
const GRPC = ': 4317 is the port of OTLP/gRPC, OTLP/HTTP is mostly at 4318'

/** What is to be said before anything is sent to a collector; undefined where nothing is. */
export const warningOf = (url: string): string | undefined =>
  new URL(url).port === GRPC_PORT ? `--traces${GRPC}` : undefined

/** What is said where a gRPC server seems to answer, which it does in HTTP/2 frames. */
function grpcHint({ name }: Error, url: string): string {
  if (new URL(url).port === GRPC_PORT) return GRPC
  return name === 'HTTPParserError'
    ? ': it answers as a gRPC server does; OTLP/HTTP is mostly at port 4318'
    : ''
}
