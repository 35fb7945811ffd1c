/** The least that a k6 script does: one request, one check. */
import { check } from 'k6'
import http from 'k6/http'
import { pause, shape } from './shape.ts'

export const options = { scenarios: { go: shape() } }

export default function (): void {
  const response = http.get(`${__ENV.BASE_URL}/_healthz`, { tags: { name: 'health' } })
  check(response, { up: ({ status }) => status === 200 })
  pause()
}
