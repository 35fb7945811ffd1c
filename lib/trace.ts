import { settings } from '../config/index.ts'
import { metadata } from './tags.ts'

/** The trace of one step: the id all its requests share, and its flags. */
export interface Trace {
  id: string
  /** `03` sampled, `02` not; the second bit says that the id's right-most 7 bytes are random (W3C Trace Context 2). */
  flags: '03' | '02'
}

/** Begins a trace. */
export function newTrace(): Trace {
  return beginTrace({ id: '', flags: '02' })
}

/** Begins a trace in an object that there is: 32 hexadecimal digits from a random UUID, whose last 7 bytes are all random. */
export function beginTrace<T extends Trace>(trace: T): T {
  const { TRACE_RATIO } = settings()
  trace.id = crypto.randomUUID().replaceAll('-', '')
  trace.flags = TRACE_RATIO === 1 || Math.random() < TRACE_RATIO ? '03' : '02'
  enterTrace(trace)
  return trace
}

let entered = false

/** What follows is of this trace: samples name it beside their tags. */
export function enterTrace({ id }: Trace): void {
  metadata().trace_id = id
  entered = true
}

/** What follows is of no trace. Early, since k6 copies metadata for each sample, and each tag that is set. */
export function leaveTrace(): void {
  if (!entered) return
  delete metadata().trace_id
  entered = false
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
