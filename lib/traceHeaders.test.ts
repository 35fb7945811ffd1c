import http from 'k6/http'
import { expect, test } from 'vitest'
import { rehearse } from '../testing/index.ts'
import { client } from './client.ts'
import { journey } from './journey.ts'
import { step } from './step.ts'
import { traceHeaders } from './traceHeaders.ts'

test('a request of k6’s own is in the trace of its step', async () => {
  const api = client('http://localhost')
  const mixed = journey('mixed', () => {
    step('both', () => {
      api.get('/1', { name: 'one' })
      http.get('http://localhost/2', { headers: traceHeaders() })
    })
  })
  const seen = await rehearse(mixed, { scenario: { name: 'a', executor: 'constant-vus' } })
  const [ours, theirs] = seen.requests.map(({ headers }) => headers.Traceparent?.split('-') ?? [])
  expect(theirs?.[1]).toBe(ours?.[1])
  expect(theirs?.[2]).not.toBe(ours?.[2])
  expect(seen.requests[1]?.headers.Baggage).toBe(seen.requests[0]?.headers.Baggage)
})
