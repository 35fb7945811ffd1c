import { exec } from './k6.ts'
import type { FailureEvent } from './catalog.ts'
import { excerptOf } from './excerpt.ts'
import { iteration, type Iteration } from './iteration.ts'
import { position } from './position.ts'
import { openStep } from './step.ts'
import { metadata, tags } from './tags.ts'

/** What a failure says of itself; where and when it was is added to it. */
export type Failure = Pick<FailureEvent, 'kind' | 'what'> & {
  [Key in 'expected' | 'got' | 'status' | 'origin']?: FailureEvent[Key] | undefined
}

const SIGNATURES = 100
const ROWS = 10
const EXCERPTS = 10
const MORE = `failures of more than ${SIGNATURES} causes: the others are not reported`

interface Seen {
  count: number
  /** The rows that were named so far. */
  rows: Set<string | undefined>
}
const known = new Map<string, Seen>()
let excerpts = 0

/** Failures of a single pass, in order, by place (`checkout › place order`), as sentences. */
export const failures = new Map<string, string[]>()

/**
 * Reports a failure as one JSON line on k6's console, and to the single pass. Of one VU's failures of one cause only
 * the 1st, 2nd, 4th, 8th … are written, and the first ones of ten rows, each with the count so far, so that an outage
 * stays kilobytes; the beginning of `body`, without what may be a secret, with the first of a cause, for ten causes.
 * Past 100 causes a VU says so once, and no more.
 */
export const fail = (failure: Failure, body?: unknown, thrown?: unknown): void => {
  const running = iteration ?? ({} as Partial<Iteration>)
  const { journey, phase, request, rows, failed, cut } = running
  if (cut) return
  const error = failure.kind === 'error'
  if (!error) running.failed = true
  const root = openStep?.spans?.[0]
  if (root) root.error ??= sentenceOf(failure).slice(0, 300)
  // What a step threw is told of after its end.
  const step = tags().step ?? (error && running.thrown === thrown ? running.threw : undefined)
  const { scenario, singlePass } = position()
  const place = [journey, step].filter(Boolean).join(' › ')
  if (singlePass) failures.set(place, [...(failures.get(place) ?? []), sentenceOf(failure)])

  const vu = exec.vu.idInTest
  const signature = [place, failure.kind, failure.what, failure.status].join('|')
  let seen = known.get(signature)
  if (!seen) {
    if (known.size > SIGNATURES) return
    if (known.size === SIGNATURES) {
      known.set(MORE, { count: 1, rows: new Set() })
      write('failure', { kind: 'error', what: MORE, vu, count: 1 })
      return
    }
    known.set(signature, (seen = { count: 0, rows: new Set() }))
  }
  const count = ++seen.count
  const row =
    rows &&
    Object.entries(rows)
      .map(([pool, label]) => `${pool}=${label}`)
      .join(' ')
  const news = row && seen.rows.size < ROWS && !seen.rows.has(row)
  if ((count & (count - 1)) !== 0 && !news) return
  seen.rows.add(row)
  if (openStep) openStep.told = true
  const excerpt = count === 1 && excerpts < EXCERPTS ? excerptOf(body) : undefined
  if (excerpt) excerpts++
  write('failure', {
    ...{ journey, step, phase, scenario: scenario || undefined, ...failure },
    request: failure.kind === 'request' ? undefined : request,
    ...{ stack: stackOf(thrown), after: error ? failed : undefined },
    ...{ excerpt, row, trace_id: metadata().trace_id, vu, iteration: exec.vu.iterationInScenario },
    ...{ at: Date.now(), count },
  })
}

/** Where an error was thrown: positions in the bundle, `line:column`, innermost first. */
export const stackOf = (thrown: unknown): string | undefined => {
  const { stack } = (thrown ?? {}) as { stack?: unknown }
  if (typeof stack !== 'string') return undefined
  // Its end: what stands before is the message, of any length.
  const places = stack.slice(-4000).matchAll(/^\s+at .*:(\d+:\d+)[()\d]*$/gm)
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

const sentenceOf = ({ kind, what, expected, got, status, origin }: Failure): string => {
  if (kind !== 'request')
    return `${what}${expected ? `: expected ${expected}` : ''}${got ? `, got ${got}` : ''}`
  return `request ${what}: ${got ?? `status ${status}`}${origin ? ` (made by the ${origin}, not by the target)` : ''}`
}
