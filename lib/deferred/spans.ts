import { redact } from '../../config/redact.ts'
import type { SpanEvent, SpanPart } from '../catalog.ts'
import { exec } from '../k6.ts'
import { openStep } from '../openStep.ts'
import type { AnyResponse } from '../predicates.ts'
import { isPromise } from '../promise.ts'
import { leaveTrace, type Trace } from '../trace.ts'
import { tags } from '../vu.ts'
import { write } from './event.ts'
import { reason } from './failure.ts'

/** How many traces a VU may write in one window: of those that went well, and of those that failed. */
const MAX_GOOD = 5
const MAX_FAILED = 10
/** A window is 1 s, and longer where more VUs than these are active: together they write at most 100 good ones a second. */
const CROWD_SIZE = 20

let until = 0
let good = 0
let failed = 0

/** A trace of which spans are remembered; the first is its root. */
type Remembered = Trace & { spans: SpanPart[]; parent: string }

/** Remembers what happens in a trace that begins. Past the VU's budget it is not a sampled one. */
export const collect = (trace: Trace): void => {
  const now = Date.now()
  if (now >= until) {
    until = now + 1000 * Math.max(1, exec.instance.vusActive / CROWD_SIZE)
    good = MAX_GOOD
    failed = MAX_FAILED
  }
  if (trace.flags === '03' && good-- <= 0) trace.flags = '02'
  trace.parent = newId()
  trace.spans = [{ id: trace.parent }]
  trace.told = false
}

/** Begins the span of a request: its id is the one in its `traceparent`. Gives what ends it, with its response. */
export const beginRequest = (trace: Trace, method: string, url: string, name: string, header: string) => {
  const part: SpanPart = { id: header.slice(36, 52), name, method }
  part.url = /[?@]/.test(url) ? redact(url) : url
  const end = begin(trace, part)
  return (response: AnyResponse, expected: boolean): void => {
    const { status, timings, error } = response
    part.status = status
    // What came by a redirect took more than the last of its requests.
    if (status !== 0 && response.url === url) part.ms = timings.blocked + timings.duration
    end(expected ? undefined : (error || `status ${status}`).slice(0, 200))
  }
}

/** An author's block as a span of a trace, be it that of the step that is open or of its own. */
export const spanned =
  <T>(name: string, body: () => T, of: Trace) =>
  (): T => {
    const trace = of as Remembered
    const { parent } = trace
    const part: SpanPart = { id: newId(), name }
    const end = begin(trace, part)
    const broken = (thrown: unknown): void => end(reason(thrown))
    trace.parent = part.id
    try {
      const result = body()
      if (isPromise(result)) result.then(() => end(), broken)
      else end()
      return result
    } catch (thrown) {
      broken(thrown)
      throw thrown
    } finally {
      // After an await, k6 cannot tell which span is active.
      trace.parent = parent
      if (trace !== openStep) leaveTrace()
    }
  }

/** Ends the trace of a step that took so many milliseconds. */
export const endStep = (
  step: Trace & { name: string; began: number },
  ms: number,
  completed: boolean,
  thrown: unknown,
): void => {
  const [root] = step.spans as [SpanPart]
  root.name = step.name
  root.at = step.began
  root.ms = ms
  if (!completed) root.error ??= reason(thrown)
  close(step)
}

/** Begins a span in a trace, which ends with the last of its spans where it is no step's. Gives what ends it. */
const begin = (trace: Trace, part: SpanPart) => {
  const { spans, parent } = trace as Remembered
  const lone = trace !== openStep
  const at = Date.now()
  part.parent = parent
  part.at = at
  spans.push(part)
  return (error?: string): void => {
    part.ms ??= Date.now() - at
    if (error !== undefined) part.error = error
    if (lone && spans.every(({ at, ms }) => at === undefined || ms !== undefined)) close(trace)
  }
}

/** Writes a trace that is sampled, or has failed: within the budget, or told of by the event of a failure. */
const close = (trace: Trace): void => {
  const { id, flags, spans = [], told } = trace
  trace.spans = undefined
  if (flags === '03' || (spans.some(({ error }) => error !== undefined) && (told || failed-- > 0)))
    write('span', { trace_id: id, tags: tags(), spans } satisfies SpanEvent)
}

const newId = (): string => {
  const uuid = crypto.randomUUID()
  return uuid.slice(0, 8) + uuid.slice(28)
}
