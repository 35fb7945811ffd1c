import { truncate } from '../base/index.ts'
import type {
  ClockEvent,
  FailureEvent,
  PageEvent,
  RowsEvent,
  SetupEvent,
  TargetEvent,
} from '../../lib/catalog.ts'

/** A JSON object from a script's console that says that it is an event: a script may log whatever it wants, a response among others. */
export type Event = Readonly<Record<string, unknown>> | undefined

/** Characters that are kept of each text: what the engine writes is shorter, but for the author's own names. */
const LENGTHS = {
  what: 300,
  expected: 300,
  got: 300,
  code: 100,
  journey: 100,
  step: 200,
  phase: 100,
  scenario: 100,
  request: 200,
  excerpt: 800,
  row: 1000,
} as const

/** Rows that are named of a pool at most, and what is kept of each label. */
const MAX_ROWS = 10_000
const MAX_LABEL_CHARACTERS = 100

/** A failure, checked and bounded; undefined where the event is none, or has another shape. */
export function readFailure(event: Event): FailureEvent | undefined {
  const { kind, what, status, origin, trace_id, vu = 0, iteration, at, count = 1, stack, after } = event ?? {}
  if (event?.loadwright !== 'failure' || !isText(what) || !isCount(vu) || !isCount(count)) return undefined
  if (kind !== 'check' && kind !== 'request' && kind !== 'error') return undefined
  const texts: Partial<Record<keyof typeof LENGTHS, string>> = {}
  for (const [key, most] of Object.entries(LENGTHS)) {
    const value = event[key]
    if (value === undefined) continue
    if (!isText(value)) return undefined
    texts[key as keyof typeof LENGTHS] = truncate(value, most)
  }
  return {
    kind,
    ...texts,
    what: truncate(what, LENGTHS.what),
    vu,
    count,
    ...(isCount(status) ? { status } : {}),
    ...(origin === 'tunnel' ? { origin } : {}),
    ...(kind === 'error' && isStack(stack) ? { stack } : {}),
    ...(kind === 'error' && after === true ? { after } : {}),
    ...(isText(trace_id) && /^[0-9a-f]{32}$/.test(trace_id) ? { trace_id } : {}),
    ...(isCount(iteration) ? { iteration } : {}),
    ...(isCount(at) && at <= LATEST_MS ? { at } : {}),
  }
}

/** Rows that the target did not know, checked and bounded. */
export function rowsOf(event: Event): RowsEvent | undefined {
  const { pool, bad, of, statuses, action } = event ?? {}
  if (event?.loadwright !== 'rows' || !isText(pool) || !isText(statuses) || !isCount(of)) return undefined
  if (!Array.isArray(bad) || !bad.every(isText) || (action !== 'abort' && action !== 'quarantine'))
    return undefined
  const labels = bad.slice(0, MAX_ROWS).map((label) => truncate(label, MAX_LABEL_CHARACTERS))
  return {
    pool: truncate(pool, LENGTHS.request),
    bad: labels,
    of,
    statuses: truncate(statuses, MAX_LABEL_CHARACTERS),
    action,
  }
}

/** A target that does not answer, checked and bounded. */
export function readTarget(event: Event): TargetEvent | undefined {
  const { target, error } = event ?? {}
  if (event?.loadwright !== 'target' || !isText(target) || !isText(error)) return undefined
  return { target: truncate(target, LENGTHS.what), error: truncate(error, LENGTHS.what) }
}

/** A target's clock that is another, checked. */
export function readClock(event: Event): ClockEvent | undefined {
  const { ms } = event ?? {}
  if (event?.loadwright !== 'clock' || !Number.isFinite(ms)) return undefined
  return { ms: Math.round(ms as number) }
}

/** What the author's `setup` threw, bounded. */
export function setupOf(event: Event): SetupEvent | undefined {
  const { error, stack } = event ?? {}
  if (event?.loadwright !== 'setup' || !isText(error)) return undefined
  return { error: truncate(error, LENGTHS.what), ...(isStack(stack) ? { stack } : {}) }
}

/** A file of pictures, by its name alone. */
const PICTURE = /^[\w-]{1,120}\.png$/
/** Lines of a page's console that are kept, and characters of each and of an address. */
const MAX_LINES = 20
const MAX_LINE_CHARACTERS = 300

/** What a page looked like when a step on it failed, checked and bounded. */
export function readPage(event: Event): PageEvent | undefined {
  const { journey, step, url, picture, console: lines, vu, iteration, at } = event ?? {}
  if (event?.loadwright !== 'page' || !isText(journey) || !isText(step) || !isText(url)) return undefined
  if (!isCount(vu) || !isCount(iteration) || !isCount(at) || at > LATEST_MS) return undefined
  const told = Array.isArray(lines) ? lines.filter(isText) : []
  return {
    journey: truncate(journey, LENGTHS.journey),
    step: truncate(step, LENGTHS.step),
    url: truncate(url, MAX_LINE_CHARACTERS),
    ...(isText(picture) && PICTURE.test(picture) ? { picture } : {}),
    console: told.slice(-MAX_LINES).map((line) => truncate(line, MAX_LINE_CHARACTERS)),
    vu,
    iteration,
    at,
  }
}

/** The latest time that a Date can hold (ECMA-262, 21.4.1.1). */
const LATEST_MS = 8.64e15
/** Positions in the bundle, as many as a line of the engine's can have. */
const isStack = (value: unknown): value is string =>
  isText(value) && value.length <= 200 && /^\d+:\d+( \d+:\d+)*$/.test(value)
const isText = (value: unknown): value is string => typeof value === 'string'
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0
