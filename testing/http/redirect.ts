/** One request on the wire; a redirect makes another of it. */
export interface Hop {
  method: string
  url: string
  body: string | undefined
  headers: Record<string, string>
  redirected: boolean
}

/** What Go's client sends next; undefined when the response is no redirect. */
export function followRedirect(hop: Hop, status: number, location: string | undefined): Hop | undefined {
  if (![301, 302, 303, 307, 308].includes(status) || location === undefined || location === '')
    return undefined
  const url = new URL(location, hop.url).href
  const headers: Hop['headers'] = { ...hop.headers, Referer: hop.url }
  if (status >= 307) return { ...hop, url, headers, redirected: true }
  const method = hop.method === 'HEAD' ? 'HEAD' : 'GET'
  // With the body goes what describes it, as in Go.
  for (const name of ['Encoding', 'Language', 'Location', 'Type']) delete headers[`Content-${name}`]
  return { method, url, headers, body: undefined, redirected: true }
}
