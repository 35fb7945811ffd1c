import { quoted, WIDTH } from '../../../project/index.ts'
import type { Polled } from '../../traffic/polled.ts'
import { statement } from '../layout.ts'
import type { Node } from '../node.ts'

/** A request that is sent again until its answer is the one, as a statement; `before` takes what it gives. */
export function pollLines(
  depth: number,
  before: string,
  answer: string,
  { until, seconds }: Polled,
  sent: Node,
): string[] {
  const given = [statement(0, '() => ', sent), `(${answer}) => ${untilText(until, answer)}`, String(seconds)]
  const whole = `${'  '.repeat(depth)}${before}poll(${given.join(', ')})`
  if (!whole.includes('\n') && whole.length <= WIDTH) return [whole]
  const pad = '  '.repeat(depth)
  return [
    `${pad}${before}poll(`,
    `${statement(depth + 1, '() => ', sent)},`,
    ...given.slice(1).map((text) => `${pad}  ${text},`),
    `${pad})`,
  ]
}

function untilText(until: Polled['until'], answer: string): string {
  if ('status' in until) return `${answer}.status === ${until.status}`
  const { path, value } = until
  return typeof value === 'boolean'
    ? `${value ? '' : '!'}${answer}.json<boolean>(${quoted(path)})`
    : `${answer}.json<string>(${quoted(path)}) === ${quoted(value)}`
}

/** The function that does so. */
export const POLL = `/** Asks again every so many seconds, until the answer is the one; throws after 30 times. */
const poll = <T>(ask: () => T, isIt: (answer: T) => boolean, seconds: number): T => {
  for (let times = 1; ; times++) {
    const answer = ask()
    if (isIt(answer)) return answer
    if (times === 30) throw new Error('30 answers, and none is the awaited one')
    sleep(seconds)
  }
}`
