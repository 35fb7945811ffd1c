import { settings } from '../config/index.ts'
import { metadata } from './tags.ts'

/** The trace of one step: the id all its requests share, and its flags. */
export interface Trace {
  id: string
  /** `03` sampled, `02` not; the second bit says that the id's right-most 7 bytes are random (W3C Trace Context 2). */
  flags: '03' | '02'
}

/** Begins a trace: 32 hexadecimal digits from a random UUID, whose last 7 bytes are all random. */
export function newTrace(): Trace {
  const { TRACE_RATIO } = settings()
  const sampled = TRACE_RATIO === 1 || Math.random() < TRACE_RATIO
  const trace: Trace = { id: crypto.randomUUID().replaceAll('-', ''), flags: sampled ? '03' : '02' }
  metadata().trace_id = trace.id
  return trace
}

/** The header `traceparent` of one request: a span id of its own, 16 hexadecimal digits. */
export function traceparent({ id, flags }: Trace): string {
  const uuid = crypto.randomUUID()
  return `00-${id}-${uuid.slice(0, 8)}${uuid.slice(28)}-${flags}`
}

const known = new Map<string, string>()

/** The header `baggage`: run, journey and step, percent-encoded (W3C Baggage). */
export function baggage(run: string, journey: string | undefined, step: string | undefined): string {
  const key = `${run}\n${journey}\n${step}`
  let text = known.get(key)
  if (text === undefined) {
    text = Object.entries({ run, journey, step })
      .filter((entry): entry is [string, string] => entry[1] !== undefined)
      .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
      .join(',')
    known.set(key, text)
  }
  return text
}
