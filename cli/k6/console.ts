import { redact } from '../../config/redact.ts'
import { parseJson } from '../base/index.ts'
import type {
  ClockEvent,
  FailureEvent,
  PageEvent,
  RowsEvent,
  SetupEvent,
  TargetEvent,
} from '../../lib/catalog.ts'
import { readClock, readFailure, readPage, rowsOf, setupOf, readTarget, type Event } from './events.ts'
import { thrownOf, type Thrown } from './thrown.ts'

/** A line that a script wrote on k6's console. */
export interface ConsoleLine {
  level: string
  text: string
}

/** What k6 said itself, and how often. */
export interface Said extends ConsoleLine {
  count: number
  /** An output that was asked for beside the recorder said it. */
  output?: true
}

/** What k6's log of a run held: events by name, the author's own lines, and what k6 said itself. */
export interface ConsoleContent {
  failures: FailureEvent[]
  /** What pages looked like when steps on them failed. */
  pages: PageEvent[]
  rows: RowsEvent[]
  targets: TargetEvent[]
  /** Clocks of targets that are others. */
  clocks: ClockEvent[]
  /** What the author's `setup` threw. */
  setup: SetupEvent[]
  own: ConsoleLine[]
  /** Uncaught exceptions of iterations, and exceptions outside of iterations; each once, with its count. */
  thrown: Thrown[]
  /** k6's own warnings and errors, but for what was thrown: the same once, with its count. */
  said: Said[]
}

/** Level and message; a message of one plain word is not quoted, an empty one is not there. */
const LINE =
  /^time="[^"]*" level=(\w+)(?:$|(?= source=console)| msg=(?:"([^"\\]*(?:\\.[^"\\]*)*)"|([^"\s]+))(?= |$))(.*)/
/** The field that tells which of several k6 wrote a line. */
const INSTANCE = / instance_id=(\d+)$/

/** The instance that wrote a line of a log that several share; undefined of any other. */
export const instanceOfLine = (line: string): string | undefined => INSTANCE.exec(line)?.[1]

/** What k6's outputs say: a field names the output, but for OpenTelemetry's. The recorder's name is in quotes. */
const OUTPUT = /OpenTelemetry| output=\w/
/** Different texts of k6's own that are kept at most, errors that are told apart, and characters of each. */
const MAX_TEXTS = 500
const MAX_THROWN = 100
const MAX_CHARACTERS = 2000

/** What a line of k6's log is; `again` where k6 has said the same before. */
export type LineKind = 'event' | 'own' | 'thrown' | 'said' | 'again' | 'nothing'

/** Reads k6's log line by line and collects its content; incomplete lines are ignored. */
export function logReader(): { line: (line: string) => LineKind; content: ConsoleContent } {
  const content: ConsoleContent = {
    failures: [],
    pages: [],
    rows: [],
    targets: [],
    clocks: [],
    setup: [],
    own: [],
    thrown: [],
    said: [],
  }
  const known = new Map<string, { count: number }>()
  const line = (whole: string): LineKind => {
    // Without its time: an outage makes k6 say the same thousands of times a second.
    // Several instances that say the same say one thing.
    const key = whole.slice(whole.indexOf(' level=')).replace(INSTANCE, '')
    const before = known.get(key)
    if (before) {
      before.count++
      return 'again'
    }
    const match = LINE.exec(whole)
    if (!match) return 'nothing'
    const [, level = '', quoted, bare = '', fields = ''] = match
    const text = quoted === undefined ? bare : unquote(quoted)
    if (keepEvent(content, eventOf(text))) return 'event'
    if (fields.includes(' source=console')) {
      content.own.push({ level, text })
      return 'own'
    }
    if (!/^(warning|error|fatal|panic)$/.test(level)) return 'nothing'
    const thrown = thrownOf(level, text, fields)
    if (thrown) {
      const kept = keepThrown(content.thrown, thrown)
      if (known.size < MAX_TEXTS) known.set(key, kept)
      return kept === thrown ? 'thrown' : 'again'
    }
    if (known.size >= MAX_TEXTS) return 'again'
    const said: Said = { level, text: redact(withCause(text, fields), MAX_CHARACTERS), count: 1 }
    if (OUTPUT.test(text + fields)) said.output = true
    known.set(key, said)
    content.said.push(said)
    return 'said'
  }
  return { line, content }
}

/** Keeps what was thrown: errors of one place with ever other texts are one, once there are many. */
function keepThrown(all: Thrown[], thrown: Thrown): Thrown {
  const like = all.length < MAX_THROWN ? undefined : (all.find(isAt(thrown)) ?? all.at(-1))
  if (!like) {
    all.push(thrown)
    return thrown
  }
  like.count++
  return like
}

const isAt =
  ({ frames: [place] }: Thrown) =>
  ({ frames: [other] }: Thrown): boolean =>
    place?.file === other?.file && place?.line === other?.line

function withCause(text: string, fields: string): string {
  const cause = / error="([^"\\]*(?:\\.[^"\\]*)*)"/.exec(fields)?.[1]
  return cause === undefined ? text : `${text}: ${unquote(cause)}`
}

/** Parses a complete log of k6. */
export function readConsole(file: string): ConsoleContent {
  const { line, content } = logReader()
  for (const each of file.split('\n')) line(each)
  return content
}

/** Keeps an event where it is one. */
function keepEvent(content: ConsoleContent, event: Event): boolean {
  const failure = readFailure(event)
  const rows = rowsOf(event)
  const target = readTarget(event)
  const clock = readClock(event)
  const setup = setupOf(event)
  const page = readPage(event)
  if (failure) content.failures.push(failure)
  else if (rows) content.rows.push(rows)
  else if (target) content.targets.push(target)
  else if (clock) content.clocks.push(clock)
  else if (setup) content.setup.push(setup)
  else if (page) content.pages.push(page)
  // Spans are for whoever exports traces, as they come.
  else return event?.loadwright === 'span'
  return true
}

/** What a line of a script holds if it may be an event: an object that says so with its first key. */
export function eventOf(text: string): Event {
  return text.startsWith('{"loadwright":') ? (parseJson(text) as Event) : undefined
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
