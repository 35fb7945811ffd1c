import { hasSystemTag, push, type Core } from '../core.ts'
import type { Parsed } from './params.ts'
import { cleanUrl } from './url.ts'

/** One hop of a request, as it ended. */
export interface Measured {
  url: string
  method: string
  status: number
  code: number
  error: string | undefined
  duration: number
}

/** Records k6's own samples of one hop, which ended that many milliseconds from now. */
export function measure(
  core: Core,
  parsed: Parsed,
  hop: Measured,
  own: Record<string, string>,
  after: number,
): void {
  const tags = { ...own }
  const name = tags.name ?? cleanUrl(hop.url)
  const ok = parsed.expected?.(hop.status)
  const system: Record<string, string | undefined> = {
    name,
    url: name,
    method: hop.method,
    status: String(hop.status),
    error: hop.error,
    error_code: hop.code === 0 ? undefined : String(hop.code),
    proto: hop.error === undefined ? 'HTTP/1.1' : undefined,
    expected_response: ok === undefined ? undefined : String(ok),
  }
  for (const [tag, value] of Object.entries(system)) {
    if (value !== undefined && hasSystemTag(core, tag)) tags[tag] = value
  }
  const time = core.clock.now() + after
  const put = (metric: Parameters<Core['registry']['builtin']>[0], value: number) =>
    push(core, core.registry.builtin(metric), value, tags, parsed.metadata, time)
  put('http_reqs', 1)
  put('http_req_duration', hop.duration)
  put('http_req_blocked', 0)
  put('http_req_connecting', 0)
  put('http_req_tls_handshaking', 0)
  put('http_req_sending', 0)
  put('http_req_waiting', hop.duration)
  put('http_req_receiving', 0)
  if (ok !== undefined) put('http_req_failed', ok ? 0 : 1)
}
