import type { RowsEvent } from '../../../lib/catalog.ts'
import type { Facts } from '../facts.ts'
import { rule } from './rule.ts'

/** Rows that all get the same kind of answer, a server's error: the target is failing, and its data may be good. */
const isFailing = ({ bad, of, statuses }: RowsEvent): boolean =>
  bad.length === of && /^5\d\d(, 5\d\d)*$/.test(statuses)

export const ROWS_FAILED = rule({
  code: 'rows-failed',
  about: 'the target answered every row of a pool with a server’s error',
  effect: 'fail',
  when: ({ rows }: Facts) => rows.filter(isFailing).map(({ pool, of, statuses }) => ({ pool, of, statuses })),
  say: ({ pool, of, statuses }) =>
    `the target answered ${statuses} to all ${of} rows of ${pool}: it is failing`,
})

/** Exit codes after which what every request was answered is the reason: k6 ended by itself, or by an error that follows. */
const ENDS = [0, 99, 107, 110, 255]

export const TARGET_FAILING = rule({
  code: 'target-failing',
  about:
    'the target answered every request with a server’s error, and the author’s checks do not hold of such answers alone',
  effect: 'fail',
  when: ({ down, k6 = -1, checks, failedChecks, tunnelErrors, thresholds }: Facts) => {
    const isCrossed = thresholds.some(({ result }) => result === 'fail')
    const isMeant = checks > 0 && failedChecks === 0 && !isCrossed
    if (!down || down.statuses.length === 0 || isMeant || tunnelErrors > 0 || !ENDS.includes(k6)) return []
    return [down]
  },
  say: ({ statuses, silent, requests }) =>
    `the target answered ${statuses.join(' or ')}${silent ? ', or not at all,' : ''} to every request (${requests}): it is failing`,
})

export const TARGET_SILENT = rule({
  code: 'target-silent',
  about: 'no request got an answer: invalid where nothing was judged, else told beside what was crossed',
  effect: 'invalid',
  when: ({ down }: Facts) => (down?.statuses.length === 0 ? [{ requests: down.requests }] : []),
  say: ({ requests }) => `the target answered none of ${requests} requests`,
})

export const TARGET_UNREACHABLE = rule({
  code: 'target-unreachable',
  about: 'a target did not answer before the load began',
  effect: 'invalid',
  when: ({ targets }: Facts) => targets.map(({ target, error }) => ({ target, error })),
  say: ({ target, error }) => `the target ${target} does not answer: ${error}`,
})

export const SETUP_THREW = rule({
  code: 'setup-threw',
  about: 'the author’s setup ended with an error',
  effect: 'invalid',
  when: ({ setup = [] }: Facts) => setup.map((error) => ({ error })),
  say: ({ error }) => `setup ended with an error: ${error}`,
})

/** Bad rows that a reason names at most; the record has them all. */
const MAX_ROWS = 10

export const ROWS_UNKNOWN = rule({
  code: 'rows-unknown',
  about:
    'the target does not know rows of the test’s data: a pool that aborts the run, or one of which no row is left',
  effect: 'invalid',
  when: ({ rows }: Facts) =>
    rows
      .filter(({ bad, of, action }) => action === 'abort' || bad.length === of)
      .map(({ pool, bad, of, statuses }) => ({
        pool,
        unknown: bad.length,
        of,
        statuses,
        rows: bad.slice(0, MAX_ROWS),
      })),
  say: ({ pool, unknown, of, statuses, rows }) =>
    `${unknown} of ${of} rows of ${pool} are not known to the target (status ${statuses}): ${rows.join(', ')}${unknown > rows.length ? ` and ${unknown - rows.length} more` : ''}`,
})

export const TUNNEL_ANSWERED = rule({
  code: 'tunnel-answered',
  about: 'the tunnel in front of the target answered requests with errors of its own',
  effect: 'invalid',
  when: ({ tunnelErrors, tunnel }: Facts) =>
    tunnelErrors > 0 ? [{ requests: tunnelErrors, error: tunnel }] : [],
  say: ({ requests, error }) =>
    `the tunnel, not the target, answered ${requests} requests${error === undefined ? '' : ` (${error})`}`,
})
