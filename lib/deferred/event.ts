import { redact } from '../../config/redact.ts'
import type { FailureEvent } from '../catalog.ts'
import { iteration, type Iteration } from '../iteration.ts'
import { exec } from '../k6.ts'
import { openStep } from '../openStep.ts'
import { metadata, tags } from '../vu.ts'
import { excerptOf } from './excerpt.ts'

/** Data of a failure; its place and time are added later. */
export type Failure = Pick<FailureEvent, 'kind' | 'what'> & {
  [Key in 'expected' | 'status' | 'code' | 'origin']?: FailureEvent[Key] | undefined
} & {
  /** The actual value, computed only if it is printed. */
  got?: (() => string | undefined) | undefined
  /** Of a check or a request the value or response, of an error what was thrown. */
  of?: unknown
}

const MAX_SIGNATURES = 100
const MAX_ROWS = 10
const MAX_EXCERPTS = 10
const MORE = `failures of more than ${MAX_SIGNATURES} causes: the others are not reported`

interface Seen {
  count: number
  /** The rows that were named so far. */
  rows: Set<string | undefined>
}
const known = new Map<string, Seen>()
let excerpts = 0

/** Failures by place (`checkout › place order`), in order, as sentences. */
export type Failures = Map<string, string[]>

let kept: Failures | undefined

/** Keeps the failures from now on, as a single pass does, and gives where. */
export const keepFailures = (): Failures => (kept = new Map<string, string[]>())

/**
 * Reports a failure as one JSON line on k6's console, and to the single pass. Of one VU's failures of one cause only
 * the 1st, 2nd, 4th, 8th … are written, and the first ones of ten rows, each with the count so far, so that an outage
 * stays kilobytes; an excerpt of the body, without what may be a secret, with the first of a cause, for ten causes.
 * Past 100 causes a VU says so once, and no more. One that is not written costs little: most of an outage is not.
 */
export const fail = (failure: Failure): void => {
  const running: Partial<Iteration> = iteration ?? {}
  if (running.cut) return
  const kind = failure.kind
  const of = failure.of
  const error = kind === 'error'
  if (!error) running.failed = true
  if (globalThis.LOADWRIGHT_SPANS !== false) {
    const root = openStep?.spans?.[0]
    if (root) root.error ??= sentenceOf(failure).slice(0, 300)
  }
  // An error of a step is reported after the end of the step.
  const step = openStep ? openStep.name : error && running.thrown === of ? running.threw : undefined
  const { journey, rows } = running
  if (kept) {
    const place = [journey, step].filter(Boolean).join(' › ')
    kept.set(place, [...(kept.get(place) ?? []), sentenceOf(failure)])
  }

  const signature = [journey, step, kind, failure.what, failure.status, failure.code].join()
  let seen = known.get(signature)
  if (!seen) {
    if (known.size > MAX_SIGNATURES) return
    known.set(known.size < MAX_SIGNATURES ? signature : MORE, (seen = { count: 0, rows: new Set() }))
    if (known.size > MAX_SIGNATURES) {
      write('failure', { kind: 'error', what: MORE, vu: exec.vu.idInTest, count: 1 })
      return
    }
  }
  const count = ++seen.count
  const round = (count & (count - 1)) === 0
  if (!round && (!rows || seen.rows.size === MAX_ROWS)) return
  const row =
    rows &&
    Object.keys(rows)
      .map((pool) => `${pool}=${rows[pool]}`)
      .join(' ')
  if (!round && seen.rows.has(row)) return
  if (seen.rows.size < MAX_ROWS) seen.rows.add(row)
  if (globalThis.LOADWRIGHT_SPANS !== false && openStep) openStep.told = true
  const body =
    count === 1 && excerpts < MAX_EXCERPTS && !error && (of as { body?: unknown } | null | undefined)?.body
  const excerpt = body ? excerptOf(body) : undefined
  if (excerpt) excerpts++
  write('failure', {
    journey,
    step,
    phase: running.phase,
    // Setup and teardown are of none.
    scenario: tags().scenario ?? (__VU > 0 ? exec.scenario.name : undefined),
    ...failure,
    got: gotOf(failure),
    of: undefined,
    request: kind === 'request' ? undefined : running.request,
    stack: error ? stackOf(of) : undefined,
    after: error ? running.failed : undefined,
    excerpt,
    row,
    trace_id: metadata().trace_id,
    vu: exec.vu.idInTest,
    iteration: exec.vu.iterationInScenario,
    at: Date.now(),
    count,
  })
}

/** What came, without what may be a secret; at most 200 characters. */
const gotOf = ({ got }: Failure): string | undefined => {
  const text = got?.()
  return text && redact(text, 200)
}

/** Where an error was thrown: positions in the bundle, `line:column`, innermost first. */
export const stackOf = (thrown: unknown): string | undefined => {
  const { stack } = (thrown ?? {}) as { stack?: unknown }
  if (typeof stack !== 'string') return undefined
  // Its end: what stands before is the message, of any length.
  const places = stack.slice(-4000).matchAll(/^\s+at .*:(\d+:\d+)[()\d]*$/gmu)
  const text = Array.from(places, ([, place]) => place)
    .slice(0, 8)
    .join(' ')
  return text || undefined
}

/**
 * A text without what k6's log would write as an escape that JSON has not (controls, DEL, half and whole characters
 * beyond U+FFFF): the monitoring agent cannot read such a line, and takes the check for down.
 */
export const readable = (text: string): string =>
  text.replace(
    /[^ -~\u0080-\ud7ff\ue000-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )

/** Writes an event as one line on k6's console; its first key marks it as ours. */
export const write = (loadwright: string, data: object): void => {
  // eslint-disable-next-line no-console -- k6's console is where events go
  console.warn(readable(JSON.stringify({ loadwright, ...data })))
}

const sentenceOf = (failure: Failure): string => {
  const { kind, what, expected, status, origin } = failure
  const got = gotOf(failure)
  if (kind !== 'request')
    return `${what}${expected ? `: expected ${expected}` : ''}${got ? `, got ${got}` : ''}`
  return `request ${what}: ${got ?? `status ${status}`}${origin ? ` (made by the ${origin}, not by the target)` : ''}`
}
