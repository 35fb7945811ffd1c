import { exec, http } from '../k6.ts'
import type { AnyResponse } from '../predicates.ts'
import type { Made } from '../request.ts'
import { allowHost, originOf } from './hosts.ts'

/**
 * Follows redirects as k6 does, but only to hosts that the environment lists: k6 itself goes anywhere. What is secret
 * stays with the host that it is meant for. Throws UsageError for a redirect to another host.
 */
export const follow = (first: AnyResponse, made: Made, name: string, redirects?: number): AnyResponse => {
  let response = first
  let { method, body } = made
  const { params } = made
  for (let left = redirects ?? exec.test.options.maxRedirects ?? 10; left > 0; left--) {
    const { status, url } = response
    const to = response.headers.Location
    if (!to || status < 301 || status === 304 || status > 308) break
    const origin = originOf(url)
    const beside = to.startsWith('/') ? origin : url.replace(/[^/]*(\?.*)?$/, '')
    const next = /^https?:/.test(to) ? to : beside + to
    allowHost(next, `a redirect of ${name}`)
    if (!`${next}/`.startsWith(`${origin}/`)) {
      delete params.auth
      delete params.headers.Authorization
    }
    if (status < 307) {
      if (method !== 'HEAD') method = 'GET'
      body = null
    }
    response = http.request(method, next, body, params)
  }
  return response
}
