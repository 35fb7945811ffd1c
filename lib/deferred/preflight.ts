import type { Settings } from '../../config/settings/settings.ts'
import type { ClockEvent, TargetEvent } from '../catalog.ts'
import { exec, http } from '../k6.ts'
import type { Pool } from '../pool.ts'
import { baggage, traceparent, type Trace } from '../trace.ts'
import { write } from './event.ts'
import { allowHost, targets } from './hosts.ts'
import { reading } from './settings.ts'
import { tunnelError } from './tunnel.ts'

/** Longest time for one try and for all (milliseconds), and tries side by side. */
const TIMEOUT_MS = 10_000
const DEADLINE_MS = 20_000
const MAX_PARALLEL = 10
/** Clocks that differ by no more are told to be the same (milliseconds): `Date` says whole seconds. */
const MAX_SKEW_MS = 2000

/** Statuses that say nothing of a row: no answer, overload, a gateway without the target behind it. */
const BUSY = [0, 429, 502, 503, 504]

/** Rows by pool that the target does not know: indices, to be left out by every VU. */
export type BadRows = Record<string, number[]>

/**
 * Ends the run (exit 108) with one sentence where a target does not answer at all, and tells of one whose clock is
 * another. Any HTTP answer is an answer.
 */
export const requireTargets = (run: string, begin: () => Trace): void => {
  for (const [target, url] of targets) {
    const { status, error, headers, timings } = http.get(url, params('preflight', run, begin))
    if (status === 0) {
      write('target', { target, error } satisfies TargetEvent)
      exec.test.abort(`the target ${target} does not answer: ${error}`)
    }
    // Date has whole seconds (RFC 9110, 5.6.7), and was written half of the time before; Age: a cache kept the answer (9111, 5.1).
    const then = Date.now() - timings.receiving - timings.waiting / 2
    const ms = Date.parse(headers.Date as string) + 500 + ((headers.Age ?? 0) as number) * 1000 - then
    if (Math.abs(ms) > MAX_SKEW_MS) write('clock', { ms } satisfies ClockEvent)
  }
}

/**
 * Tries each row of `pools` once at the URL its probe gives, within 20 s in all. Rows that the target does not know
 * end the run (exit 108), or come back to be left out where `CHECK_ROWS` is `quarantine`. A row that could not be
 * tried (no answer, overload, the tunnel) is no bad row; how many there were is said.
 */
export const tryRows = (
  pools: readonly Pool[],
  action: Settings['CHECK_ROWS'],
  run: string,
  begin: () => Trace,
): BadRows => {
  const bad: BadRows = {}
  const sentences: string[] = []
  const until = Date.now() + DEADLINE_MS
  for (const pool of action === 'off' ? [] : pools) {
    const { name, length, options } = pool
    const { key } = options
    if (!options.probe) continue
    const lost: { index: number; status: number; label: string }[] = []
    let answered = 0
    for (let first = 0; first < length && Date.now() < until; first += MAX_PARALLEL) {
      const rows = Array.from(
        { length: Math.min(MAX_PARALLEL, length - first) },
        (_, index) => pool.at(first + index) as Record<string, unknown>,
      )
      const requests = rows.map((row) => {
        const url = options.probe?.(row) ?? ''
        allowHost(url)
        return { method: 'GET', url, params: params('row-check', run, begin) }
      })
      http.batch(requests).forEach((response, place) => {
        const { status } = response
        if (BUSY.includes(status) || tunnelError(response)) return
        answered++
        const index = first + place
        if (status >= 400) lost.push({ index, status, label: String(key ? rows[place]?.[key] : index) })
      })
    }
    if (answered < length)
      // eslint-disable-next-line no-console -- for whoever reads the log
      console.warn(`${length - answered} of ${length} rows of ${name} could not be tried`)
    const statuses = [...new Set(lost.map(({ status }) => status))].join(', ')
    if (lost.length === 0) continue
    const named = lost.map(({ label }) => label)
    write('rows', { pool: name, bad: named, of: length, statuses, action })
    if (named.length < length && action === 'quarantine') bad[name] = lost.map(({ index }) => index)
    else
      sentences.push(
        `${named.length} of ${length} rows of ${name} are not known to the target (status ${statuses}): ${named.join(', ')}`,
      )
  }
  if (sentences.length > 0)
    exec.test.abort(`${sentences.join('; ')}. CHECK_ROWS=quarantine leaves such rows out`)
  return bad
}

/** Neither try counts as a failed request of the run, and none leaves a cookie to the author's own setup. */
const params = (name: string, run: string, begin: () => Trace) => ({
  tags: { name },
  headers: {
    // What is exported has a root: that of the target's own, where nobody exports these.
    ...((globalThis.LOADWRIGHT_SPANS === false || reading().settings.SPANS === 'off') && {
      traceparent: traceparent(begin()),
    }),
    baggage: baggage(run, undefined, 'preflight'),
  },
  timeout: TIMEOUT_MS,
  redirects: 0,
  responseType: 'none' as const,
  throw: false,
  jar: new http.CookieJar(),
  responseCallback: null as never,
})
