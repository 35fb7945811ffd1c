import { redact } from '../../config/redact.ts'

/** A place in a file that k6 ran: a URL or a path, as k6 writes it. */
export interface StackFrame {
  file: string
  line: number
  /** From 1. */
  column: number
}

/** An uncaught exception of a script, as k6 logs it. */
export interface Thrown {
  /** One line, such as `TypeError: Cannot read property 'x' of undefined`, without what may be a secret. */
  message: string
  /** Innermost first, without those of k6 itself. */
  frames: StackFrame[]
  /** An iteration threw it, or a promise that it did not await: not the script's top level, `setup` or `teardown`. */
  iteration: boolean
  count: number
}

const MAX_CHARACTERS = 300
/** Characters of a text that are read: a script may throw anything. */
const MAX_READ_CHARACTERS = 20_000
const MAX_FRAMES = 20
const UNCAUGHT = 'Uncaught (in promise) '

/** What a line of k6's own log tells of a script's error; undefined where it tells of something else. */
export function thrownOf(level: string, whole: string, fields: string): Thrown | undefined {
  const text = whole.slice(0, MAX_READ_CHARACTERS)
  const iteration = fields.includes(' executor=')
  const isThrown = text.startsWith(UNCAUGHT) || fields.includes(' source=stacktrace') || iteration
  if (level !== 'error' || !isThrown) return undefined
  const at = text.search(/\n\tat /)
  const message = (at < 0 ? text : text.slice(0, at)).replace(UNCAUGHT, '').replace(/^GoError: /, '')
  return {
    message: oneLine(message),
    frames: at < 0 ? [] : framesOf(text.slice(at)),
    iteration,
    count: 1,
  }
}

/** Why a script aborted the run (`exec.test.abort`), and where; undefined where the text is another. */
export function abortOf(text: string): { reason: string; place?: StackFrame } | undefined {
  const match = /^test aborted: (.*?)(?: at ((?:\S+ )?\(?\S+:\d+:\d+(?:\(\d+\))?\)?))?$/s.exec(
    text.slice(0, MAX_READ_CHARACTERS),
  )
  if (!match) return undefined
  const [place] = framesOf(`\n\tat ${match[2] ?? ''}`)
  return { reason: oneLine(match[1] ?? ''), ...(place ? { place } : {}) }
}

/** Why a script marked the run as failed (`exec.test.fail`); undefined where it gave no reason, or the text is another. */
export function markedOf(text: string): string | undefined {
  const [, reason] = /^test marked as failed: (.*)$/s.exec(text.slice(0, MAX_READ_CHARACTERS)) ?? []
  return reason === undefined ? undefined : oneLine(reason)
}

/** The places of a stack as k6's engine writes it: `at name (file:///a.js:5:30(2))`. */
function framesOf(stack: string): StackFrame[] {
  const places = stack.matchAll(/^\tat (?:.* \()?(\S+?):(\d+):(\d+)(?:\(\d+\))?\)?$/gm)
  return Array.from(places)
    .slice(0, MAX_FRAMES)
    .map(([, file = '', line, column]) => ({ file, line: Number(line), column: Number(column) }))
}

const oneLine = (text: string): string => redact(text.replace(/\s+/g, ' ').trim()).slice(0, MAX_CHARACTERS)
