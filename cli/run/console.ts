import type { FailureEvent, RowsEvent, TargetEvent } from '../../lib/catalog.ts'
import { failureOf, rowsOf, setupOf, targetOf, type Event } from './events.ts'

/** A line that a script wrote on k6's console. */
export interface ConsoleLine {
  level: string
  text: string
}

/** What a run's console held: events by name, and the author's own lines. */
export interface ConsoleContent {
  failures: FailureEvent[]
  rows: RowsEvent[]
  targets: TargetEvent[]
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
    const failure = failureOf(event)
    const rows = rowsOf(event)
    const target = targetOf(event)
    const setup = setupOf(event)
    if (failure) content.failures.push(failure)
    else if (rows) content.rows.push(rows)
    else if (target) content.targets.push(target)
    else if (setup !== undefined) content.setup.push(setup)
    // Spans are for whoever exports traces, as they come.
    else if (event?.loadwright !== 'span') content.own.push({ level: match[1] ?? '', text })
  }
  return content
}

/** What a line of a script holds if it may be an event: an object that says so with its first key. */
export function eventOf(text: string): Event {
  if (!text.startsWith('{"loadwright":')) return undefined
  try {
    return JSON.parse(text) as Event
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
