/** A line that a script wrote on k6's console. */
export interface ConsoleLine {
  level: string
  text: string
}

/** A failure as the engine reports it; see `lib/event.ts`. */
export interface FailureEvent {
  journey?: string
  step?: string
  phase?: string
  kind: 'check' | 'request' | 'error'
  what: string
  expected?: string
  got?: string
  status?: number
  origin?: 'tunnel'
  row?: string
  trace_id?: string
  vu: number
  /** How many like it this VU has seen so far: only the 1st, 2nd, 4th, 8th … are written. */
  count: number
}

/** Rows that the target did not know. */
export interface RowsEvent {
  pool: string
  bad: readonly string[]
  of: number
  statuses: string
  action: 'abort' | 'quarantine'
}

/** What a run's console held: events by name, and the author's own lines. */
export interface ConsoleContent {
  failures: FailureEvent[]
  rows: RowsEvent[]
  targets: { target: string; error: string }[]
  /** What the author's `setup` threw. */
  setup: string[]
  own: ConsoleLine[]
}

/** Level and message; a message of one plain word is not quoted, an empty one is not there. */
const LINE = /^time="[^"]*" level=(\w+)(?:$| msg=(?:"([^"\\]*(?:\\.[^"\\]*)*)"|([^"\s]+))(?= |$))/

/** Takes the file apart that k6's `--console-output` wrote. What is no whole line of k6's is left out. */
export function readConsole(file: string): ConsoleContent {
  const content: ConsoleContent = { failures: [], rows: [], targets: [], setup: [], own: [] }
  for (const line of file.split('\n')) {
    const match = LINE.exec(line)
    if (!match) continue
    const text = match[2] === undefined ? (match[3] ?? '') : unquote(match[2])
    const event = eventOf(text)
    if (isFailure(event)) content.failures.push(event)
    else if (isRows(event)) content.rows.push(event)
    else if (isTarget(event)) content.targets.push(event)
    else if (event?.loadwright === 'setup' && isText(event.error)) content.setup.push(event.error)
    else content.own.push({ level: match[1] ?? '', text })
  }
  return content
}

/** An event has the shape that the engine gives it: a script may log whatever it wants, a response among others. */
type Event = Record<string, unknown> | undefined
const isText = (value: unknown): value is string => typeof value === 'string'
const isFailure = (event: Event): event is Event & FailureEvent =>
  event?.loadwright === 'failure' &&
  ['check', 'request', 'error'].includes(String(event.kind)) &&
  isText(event.what) &&
  typeof event.vu === 'number' &&
  typeof event.count === 'number' &&
  ['journey', 'step', 'expected', 'got', 'row'].every((key) =>
    ['string', 'undefined'].includes(typeof event[key]),
  )
const isRows = (event: Event): event is Event & RowsEvent =>
  event?.loadwright === 'rows' &&
  isText(event.pool) &&
  isText(event.statuses) &&
  Array.isArray(event.bad) &&
  event.bad.every(isText) &&
  typeof event.of === 'number'
const isTarget = (event: Event): event is Event & ConsoleContent['targets'][number] =>
  event?.loadwright === 'target' && isText(event.target) && isText(event.error)

function eventOf(text: string): Record<string, unknown> | undefined {
  if (!text.startsWith('{"loadwright":')) return undefined
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch {
    return undefined
  }
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  a: '\u0007',
  b: '\b',
  f: '\f',
  v: '\v',
}

/** The inverse of Go's `strconv.Quote`, without the quotes. */
export function unquote(quoted: string): string {
  return quoted.replace(
    /\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8})|(.))/g,
    (_, x?: string, u?: string, U?: string, plain?: string) => {
      const code = x ?? u ?? U
      return code === undefined
        ? (ESCAPES[plain ?? ''] ?? plain ?? '')
        : String.fromCodePoint(Math.min(parseInt(code, 16), 0x10ffff))
    },
  )
}
