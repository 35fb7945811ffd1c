import exec from 'k6/execution'
import { iteration } from './iteration.ts'
import { position } from './position.ts'
import { metadata, tags } from './tags.ts'

/** What went wrong, in data: the CLI groups by it, a person reads it in a log. */
export interface Failure {
  /** A check that did not hold, a request that failed, or an error that ended the journey. */
  kind: 'check' | 'request' | 'error'
  /** The check's name, the request's name, or the error's. */
  what: string
  expected?: string
  got?: string
  status?: number
  /** Where a response was made: `tunnel` when something in front of the target made it. */
  origin?: 'tunnel'
}

/** The key that marks a console line as an event of ours. */
export const EVENT = 'loadwright'

const SIGNATURES = 100
const ROWS = 10
const MORE = `failures of more than ${SIGNATURES} causes: the others are not reported`

interface Seen {
  count: number
  /** The rows that were named so far. */
  rows: Set<string>
}
const known = new Map<string, Seen>()
let told = false

/** Failures of a single pass, in order, by place (`checkout › place order`), as sentences. */
export const failures = new Map<string, string[]>()

/**
 * Reports a failure as one JSON line on k6's console, and to the single pass. Of one VU's failures of one cause only
 * the 1st, 2nd, 4th, 8th … are written, and the first ones of ten rows, each with the count so far, so that an outage
 * stays kilobytes. Past 100 causes a VU says so once, and no more.
 */
export const fail = (failure: Failure): void => {
  const { journey, phase, rows, cut } = iteration ?? {}
  if (cut) return
  const step = tags().step
  const place = [journey, step].filter((part) => part !== undefined).join(' › ')
  if (position().singlePass) failures.set(place, [...(failures.get(place) ?? []), sentenceOf(failure)])

  const signature = [place, failure.kind, failure.what, failure.status].join('|')
  let seen = known.get(signature)
  if (!seen) {
    if (known.size === SIGNATURES) {
      if (!told) write('failure', { kind: 'error', what: MORE, vu: exec.vu.idInTest, count: 1 })
      told = true
      return
    }
    known.set(signature, (seen = { count: 0, rows: new Set() }))
  }
  const count = ++seen.count
  const row = Object.entries(rows ?? {})
    .map(([pool, label]) => `${pool}=${label}`)
    .join(' ')
  const news = row !== '' && seen.rows.size < ROWS && !seen.rows.has(row)
  if ((count & (count - 1)) !== 0 && !news) return
  seen.rows.add(row)
  write('failure', {
    journey,
    step,
    phase,
    ...failure,
    ...(row === '' ? {} : { row }),
    trace_id: metadata().trace_id,
    vu: exec.vu.idInTest,
    count,
  })
}

/** Writes an event as one line on k6's console. */
export const write = (name: string, data: Record<string, unknown>): void => {
  // eslint-disable-next-line no-console -- k6's console is where events go
  console.warn(JSON.stringify({ [EVENT]: name, ...data }))
}

const sentenceOf = ({ kind, what, expected, got, status, origin }: Failure): string => {
  const from = origin === undefined ? '' : ` (made by the ${origin}, not by the target)`
  if (kind === 'request') return `request ${what}: ${got ?? `status ${status}`}${from}`
  return `${what}${expected === undefined ? '' : `: expected ${expected}`}${got === undefined ? '' : `, got ${got}`}`
}
