import exec from 'k6/execution'
import http from 'k6/http'
import type { Settings } from '../config/index.ts'
import { clientTargets } from './client.ts'
import { write } from './event.ts'
import type { Pool } from './pool.ts'
import { runId } from './run.ts'
import { baggage, newTrace, traceparent } from './trace.ts'
import { tunnelError } from './tunnel.ts'

/** Longest time for one try (milliseconds), tries side by side, and rows tried at most. */
const TIMEOUT = 10_000
const PARALLEL = 10
const MOST_ROWS = 1000

/** Rows by pool that the target does not know: indices, to be left out by every VU. */
export type BadRows = Record<string, number[]>

/** Ends the run (exit 108) with one sentence where a target does not answer at all. Any HTTP answer is an answer. */
export function requireTargets(): void {
  for (const target of clientTargets()) {
    const response = http.get(`${target}/`, {
      ...params('preflight'),
      redirects: 0,
    })
    if (response.status !== 0) continue
    write('target', { target, error: response.error })
    exec.test.abort(`the target ${target} does not answer: ${response.error}`)
  }
}

/**
 * Tries each row of `pools` once at the URL its probe gives, at most 1000 rows a pool. Rows that the target does
 * not know end the run (exit 108), or come back to be left out where `CHECK_ROWS` is `quarantine`.
 */
export function tryRows(pools: readonly Pool[], action: Settings['CHECK_ROWS']): BadRows {
  const bad: BadRows = {}
  if (action === 'off') return bad
  const sentences: string[] = []
  for (const pool of pools) {
    if (!pool.probe) continue
    const { name } = pool
    const rows = Array.from({ length: Math.min(pool.length, MOST_ROWS) }, (_, index) => pool.at(index))
    const found = rows
      .flatMap((_, index) => index)
      .filter((index) => index % PARALLEL === 0)
      .flatMap((first) => {
        const some = rows.slice(first, first + PARALLEL)
        const responses = http.batch(
          some.map((row) => ({ method: 'GET', url: pool.probe?.(row) ?? '', params: params('row-check') })),
        )
        return some.flatMap((_, index) => {
          const response = responses[index]
          if (!response || (response.status >= 200 && response.status < 400) || tunnelError(response))
            return []
          return [{ index: first + index, status: response.status }]
        })
      })
    if (found.length === 0) continue
    const labels = found.map(({ index }) => pool.label(rows[index]))
    const statuses = [...new Set(found.map(({ status }) => status))].join(', ')
    write('rows', { pool: name, bad: labels, of: rows.length, statuses, action })
    if (found.length === rows.length || action === 'abort')
      sentences.push(
        `${found.length} of ${rows.length} rows of ${name} are not known to the target (status ${statuses}): ${labels.join(', ')}`,
      )
    else bad[name] = found.map(({ index }) => index)
  }
  if (sentences.length > 0)
    exec.test.abort(`${sentences.join('; ')}. CHECK_ROWS=quarantine leaves such rows out`)
  return bad
}

/** Neither try counts as a failed request of the run. */
const params = (name: string) => ({
  tags: { name },
  headers: { traceparent: traceparent(newTrace()), baggage: baggage(runId(), undefined, 'preflight') },
  timeout: TIMEOUT,
  throw: false,
  responseCallback: null as never,
})
