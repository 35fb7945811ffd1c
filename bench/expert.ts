/**
 * The signals of `hand.ts`, by somebody who knows what k6's engine pays for: the objects of tags and metadata are fetched
 * once, ids are of `randomUUID`, and what does not vary is made once for a VU. No library does the same for less.
 */
import { check } from 'k6'
import exec from 'k6/execution'
import http from 'k6/http'
import { Counter, Rate, Trend } from 'k6/metrics'
import { pause, shape } from './shape.ts'

export const options = { scenarios: { go: { ...shape(), tags: { journey: 'visit' } } } }

const started = new Counter('journeys_started')
const completed = new Counter('journeys_completed')
const failed = new Rate('journey_failed')
const duration = new Trend('journey_duration', true)
const groups = new Trend('group_duration', true)
const steps = new Counter('steps_completed')
const succeeded = new Counter('checks_held')

const url = `${__ENV.BASE_URL}/_healthz`
const baggage = 'run=bench,journey=visit,step=open'
const name = { name: 'health' }
const checks = { up: ({ status }: { status: number }) => status === 200 }
let ambient: { tags: Record<string, unknown>; metadata: Record<string, unknown> } | undefined

export default function (): void {
  const began = Date.now()
  if (!ambient) {
    const { tags, metadata } = exec.vu.metrics
    tags.phase = 'steady'
    ambient = { tags, metadata }
  }
  const { tags, metadata } = ambient
  started.add(1)
  const trace = crypto.randomUUID().replaceAll('-', '')
  const span = crypto.randomUUID()
  tags.step = 'open'
  tags.group = '::open'
  metadata.trace_id = trace
  const traceparent = `00-${trace}-${span.slice(0, 8)}${span.slice(28)}-03`
  const response = http.get(url, { tags: name, headers: { traceparent, baggage } })
  if (check(response, checks)) succeeded.add(1)
  delete metadata.trace_id
  groups.add(Date.now() - began)
  steps.add(1)
  delete tags.step
  tags.group = ''
  duration.add(Date.now() - began)
  failed.add(false)
  completed.add(1)
  pause()
}
