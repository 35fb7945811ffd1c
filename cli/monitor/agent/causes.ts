import { exitWords, type Exit } from './exitWords.ts'
import { PROMISE, type AgentLog } from './log.ts'

/** How k6 ended, and what it or the script said of the cause. */
export function endWithCause(exit: Exit, log: AgentLog): string {
  const causes = causesIn(exit, log)
  return `${exitWords(exit)}${causes.length === 0 ? '' : `: ${causes.join('; ')}`}`
}

/** A failure that only the log tells of, as a sentence. */
export function failureText({ kind, text }: NonNullable<AgentLog['failure']>): string {
  return kind === 'exception'
    ? `the script threw: ${withoutStack(text)}`
    : `a promise was rejected and not caught: ${withoutStack(text.slice(PROMISE.length))}`
}

const MARKED = 'test marked as failed: '
const ABORTED = 'test aborted: '

/** What the script itself said when it failed the run; else the exception; else k6's last error. */
function causesIn({ printed = '' }: Exit, { lines, failure }: AgentLog): string[] {
  const errors = lines
    .filter(({ level, source }) => level === 'error' && source !== 'console')
    .map(({ msg = '' }) => msg)
  const said = [MARKED, ABORTED].flatMap((prefix) =>
    errors.filter((msg) => msg.startsWith(prefix)).map((msg) => withoutPlace(msg.slice(prefix.length))),
  )
  if (said.length > 0) return [...new Set(said)]
  const last = failure?.text ?? errors.at(-1) ?? printed.split('\n').find((line) => !/^(time=|$)/.test(line))
  return last === undefined ? [] : [withoutStack(last)]
}

/** A message without the place in the script that k6 puts at its end. */
export function withoutPlace(text: string): string {
  const place = /\([^()]*\(\d+\)\)$/.exec(text)
  const before = text.slice(0, place?.index ?? 0)
  const at = before.indexOf(' at ', Math.max(before.lastIndexOf('('), before.lastIndexOf(')')) + 1)
  return at === -1 ? text : text.slice(0, at)
}

/** An error without its stack; what k6 lists below a heading stays. */
const withoutStack = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('at '))
    .join(' ')
