import { clean, retryAfter, secretsOf, silenceOf, version } from '../../base/index.ts'
import type { Collector } from './collector.ts'

/** What became of a batch: taken, but for some; refused, not to be sent again; or to be tried again. */
export type Answer =
  | { is: 'taken'; rejected: number; why?: string }
  | { is: 'refused'; why: string }
  | {
      is: 'later'
      why: string
      /** Milliseconds that the collector asks for. */
      wait?: number
    }

/** Characters that are read of an answer. */
const READ = 64 * 1024

/** Statuses that may be tried again (OTLP specification, "Retryable Response Codes"); nobody may try others again. */
const AGAIN = [429, 502, 503, 504]

/** Posts a batch by OTLP/HTTP JSON; never rejects. A redirect is no answer: nothing follows it, and no secret. */
export async function post({ url, headers }: Collector, body: string, signal: AbortSignal): Promise<Answer> {
  const secrets = secretsOf(Object.values(headers))
  let response: Response
  let text: string
  try {
    response = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      body,
      signal,
      headers: {
        'user-agent': `loadwright/${version}`,
        ...headers,
        'content-type': 'application/json',
      },
    })
    text = await beginningOf(response)
  } catch (error) {
    return { is: 'later', why: clean(reasonOf(error as Error, url), secrets) }
  }
  const { status } = response
  if (response.ok) return taken(text, secrets)
  const said = clean(text, secrets)
  const why = `answers ${status}${said === '' ? '' : ` (${said})`}`
  if (!AGAIN.includes(status)) return { is: 'refused', why: `${why}${adviceFor(status)}` }
  const wait = retryAfter(response.headers.get('retry-after'))
  return { is: 'later', why, ...(wait === undefined ? {} : { wait }) }
}

/** A collector may take a part only, and says how many spans it did not (ExportTracePartialSuccess). */
function taken(text: string, secrets: readonly string[]): Answer {
  try {
    const { partialSuccess } = JSON.parse(text) as {
      partialSuccess?: { rejectedSpans?: string | number; errorMessage?: unknown }
    }
    const rejected = Number(partialSuccess?.rejectedSpans ?? 0) || 0
    const why = partialSuccess?.errorMessage
    return {
      is: 'taken',
      rejected,
      ...(why ? { why: `takes not all (${clean(JSON.stringify(why), secrets)})` } : {}),
    }
  } catch {
    return { is: 'taken', rejected: 0 }
  }
}

async function beginningOf(response: Response): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    text += decoder.decode(chunk, { stream: true })
    if (text.length > READ) break
  }
  return text
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

function reasonOf(error: Error, url: string): string {
  const { code = '' } = (error.cause ?? {}) as NodeJS.ErrnoException
  // A gRPC server answers in HTTP/2 frames.
  const grpc =
    new URL(url).port === GRPC_PORT
      ? GRPC
      : code.startsWith('HPE_')
        ? ': it answers as a gRPC server does; OTLP/HTTP is mostly at port 4318'
        : ''
  return error.name === 'AbortError' ? 'did not answer before the end' : `${silenceOf(error)}${grpc}`
}
