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
  own: ConsoleLine[]
}

const LINE = /^time="[^"]*" level=(\w+) msg=(?:"((?:[^"\\]|\\.)*)"|(\S*))/

/** Takes the file apart that k6's `--console-output` wrote. What is no line of k6's is left out. */
export function readConsole(file: string): ConsoleContent {
  const content: ConsoleContent = { failures: [], rows: [], targets: [], own: [] }
  for (const line of file.split('\n')) {
    const match = LINE.exec(line)
    if (!match) continue
    const text = match[2] === undefined ? (match[3] ?? '') : unquote(match[2])
    const event = eventOf(text)
    if (event?.loadwright === 'failure') content.failures.push(event as unknown as FailureEvent)
    else if (event?.loadwright === 'rows') content.rows.push(event as unknown as RowsEvent)
    else if (event?.loadwright === 'target')
      content.targets.push(event as unknown as { target: string; error: string })
    else content.own.push({ level: match[1] ?? '', text })
  }
  return content
}

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
    /\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8})|(.))/gi,
    (_, x?: string, u?: string, U?: string, plain?: string) => {
      const code = x ?? u ?? U
      return code === undefined
        ? (ESCAPES[plain ?? ''] ?? plain ?? '')
        : String.fromCodePoint(Math.min(parseInt(code, 16), 0x10ffff))
    },
  )
}
