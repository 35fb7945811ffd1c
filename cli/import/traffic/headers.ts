import { headerOf, type Exchange, type Pair } from './exchange.ts'

/** Headers that k6, or the client, sends by itself, or that only a browser has. */
const NOISE =
  /^(?:host|connection|content-length|content-type|cookie2?|user-agent|accept-encoding|accept-charset|origin|referer|cache-control|pragma|dnt|te|trailer|transfer-encoding|expect|upgrade|upgrade-insecure-requests|priority|if-none-match|if-modified-since|if-range|range|save-data|viewport-width|width|device-memory|downlink|ect|rtt|keep-alive|via|forwarded|purpose|traceparent|tracestate|baggage|sentry-trace|newrelic|uber-trace-id|b3|alt-used|dpr|service-worker(?:-.*)?|sec-.*|proxy-.*|x-forwarded-.*|x-b3-.*|x-datadog-.*|x-client-data|x-real-ip|access-control-.*|x-newrelic-.*|x-amzn-trace-id)$/i
/** Media types that a server may ask for, which nothing else of a request says. */
const PLAIN_TYPE = /^(?:application\/x-www-form-urlencoded|multipart\/form-data|application\/json)\b/i

/** Headers of a request that its author would write. */
export function keptHeaders({ headers, content, answer }: Exchange): Pair[] {
  const vary = headerOf(answer?.headers ?? [], 'vary') ?? ''
  const kept = headers.filter(([name, value]) => {
    if (name.startsWith(':') || NOISE.test(name)) return false
    if (/^accept$/i.test(name)) return !value.includes('*/*') && !value.includes('text/html')
    if (/^accept-language$/i.test(name)) return /accept-language/i.test(vary)
    return value !== ''
  })
  const type = headerOf(headers, 'content-type')
  if (content !== undefined && type !== undefined && !PLAIN_TYPE.test(type)) kept.push(['Content-Type', type])
  return kept.map(([name, value]) => [titled(name), value])
}

/** As people write headers, whatever the protocol did with them: `x-csrf-token` is `X-Csrf-Token`. */
export const titled = (name: string): string =>
  name.toLowerCase().replace(/(?:^|-)[a-z]/g, (letter) => letter.toUpperCase())
