import { STATIC_PATH } from '../staticPath.ts'
import { headerOf, type Answer, type Kind, type Pair } from './exchange.ts'

/** Devtools' names of what a request was for. */
const TYPES: Readonly<Record<string, Kind>> = {
  document: 'document',
  xhr: 'data',
  fetch: 'data',
  script: 'static',
  stylesheet: 'static',
  image: 'static',
  font: 'static',
  media: 'static',
  texttrack: 'static',
  manifest: 'static',
  websocket: 'socket',
  eventsource: 'events',
  ping: 'beacon',
  cspviolationreport: 'beacon',
  'csp-violation-report': 'beacon',
  preflight: 'preflight',
}
/** What `Sec-Fetch-Dest` says of it. */
const DESTINATIONS: Readonly<Record<string, Kind>> = {
  document: 'document',
  iframe: 'document',
  frame: 'document',
  empty: 'data',
  script: 'static',
  style: 'static',
  image: 'static',
  font: 'static',
  audio: 'static',
  video: 'static',
  track: 'static',
  manifest: 'static',
  worker: 'static',
  serviceworker: 'static',
  report: 'beacon',
}
const STATIC_TYPE = /^(?:image|font|audio|video)\/|^text\/css|javascript|font-woff|wasm/i

/** What a request was for; `recorded` is devtools' word for it, where there is one. */
export function kindOf(
  recorded: string | undefined,
  method: string,
  url: string,
  headers: readonly Pair[],
  answer: Answer | undefined,
): Kind {
  if (/^wss?:/i.test(url) || answer?.status === 101) return 'socket'
  if (method === 'OPTIONS' && headerOf(headers, 'access-control-request-method') !== undefined)
    return 'preflight'
  if (/prefetch|prerender/i.test(headerOf(headers, 'sec-purpose') ?? headerOf(headers, 'purpose') ?? ''))
    return 'prefetch'
  if (/event-stream/i.test(answer?.type ?? '') || headerOf(headers, 'accept') === 'text/event-stream')
    return 'events'
  const known =
    TYPES[recorded?.toLowerCase() ?? ''] ?? DESTINATIONS[headerOf(headers, 'sec-fetch-dest') ?? '']
  if (known !== undefined) return known
  if (method === 'GET' && isStatic(url, answer)) return 'static'
  if (/html/i.test(answer?.type ?? '')) return 'document'
  if ((headerOf(headers, 'accept') ?? '').includes('text/html')) return 'document'
  return 'data'
}

const isStatic = (url: string, answer: Answer | undefined): boolean =>
  STATIC_TYPE.test(answer?.type ?? '') || STATIC_PATH.test(url.replace(/[?#].*$/s, ''))
