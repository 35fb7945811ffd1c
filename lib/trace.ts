import type { SpanPart } from './catalog.ts'
import { metadata } from './vu.ts'

/** The trace of one step: the id all its requests share, and its flags. */
export interface Trace {
  id: string
  /** `03` sampled, `02` not; the second bit says that the id's right-most 7 bytes are random (W3C Trace Context 2). */
  flags: '03' | '02'
  /** Its spans so far, where somebody exports them: the root first. */
  spans?: SpanPart[] | undefined
  /** The id of the span that is the parent of what begins now. */
  parent?: string
  /** The event of a failure names it. */
  told?: boolean
}

let entered = false

/** What follows is of this trace: samples name it beside their tags. */
export const enterTrace = ({ id }: Trace): void => {
  metadata().trace_id = id
  entered = true
}

/** What follows is of no trace. Early, since k6 copies metadata for each sample, and each tag that is set. */
export const leaveTrace = (): void => {
  if (!entered) return
  delete metadata().trace_id
  entered = false
}

/** The header `traceparent` of one request: a span id of its own, 16 hexadecimal digits. */
export const traceparent = ({ id, flags }: Trace): string => {
  const uuid = crypto.randomUUID()
  return `00-${id}-${uuid.slice(0, 8)}${uuid.slice(28)}-${flags}`
}

const known: Record<string, string> = {}

/** The header `baggage`: run, journey and step, percent-encoded (W3C Baggage). */
export const baggage = (run: string, journey?: string, step?: string): string => {
  const key = `${run}\n${journey}\n${step}`
  return (known[key] ??= Object.entries({ run, journey, step })
    .flatMap(([name, value]) => (value === undefined ? [] : `${name}=${encodeURIComponent(value)}`))
    .join())
}
