/**
 * The signals of a journey with one step, written by hand in plain k6, as its documentation shows each of them:
 * tags `journey`, `phase`, `step` and `group`; `traceparent` and `baggage`; counters of starts, ends, steps and checks.
 */
import { check, group } from 'k6'
import exec from 'k6/execution'
import http from 'k6/http'
import { Counter, Rate, Trend } from 'k6/metrics'
import { pause, shape } from './shape.ts'

export const options = { scenarios: { go: { ...shape(), tags: { journey: 'visit' } } } }

const started = new Counter('journeys_started')
const completed = new Counter('journeys_completed')
const failed = new Rate('journey_failed')
const duration = new Trend('journey_duration', true)
const steps = new Counter('steps_completed')
const succeeded = new Counter('checks_held')

function hex(bytes: number): string {
  let text = ''
  const random = crypto.getRandomValues(new Uint8Array(bytes))
  for (let index = 0; index < bytes; index++) text += ((random[index] ?? 0) + 256).toString(16).slice(1)
  return text
}

export default function (): void {
  const began = Date.now()
  exec.vu.metrics.tags.phase = 'steady'
  started.add(1)
  group('open', () => {
    const trace = hex(16)
    exec.vu.metrics.tags.step = 'open'
    exec.vu.metrics.metadata.trace_id = trace
    const response = http.get(`${__ENV.BASE_URL}/_healthz`, {
      tags: { name: 'health' },
      headers: { traceparent: `00-${trace}-${hex(8)}-01`, baggage: 'run=bench,journey=visit,step=open' },
    })
    if (check(response, { up: ({ status }) => status === 200 })) succeeded.add(1)
    steps.add(1)
    delete exec.vu.metrics.tags.step
    delete exec.vu.metrics.metadata.trace_id
  })
  duration.add(Date.now() - began)
  failed.add(false)
  completed.add(1)
  pause()
}
