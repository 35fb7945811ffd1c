import type { Aggregate } from './output/aggregate.ts'

/**
 * The lines that the agent's output writes into k6's log, one for each check and set of tags. Plain k6 does not; they
 * count as the others do, and a tag that breaks such a line costs the metrics.
 */
export function checkLines(
  checks: readonly Pick<Aggregate, 'tags' | 'value' | 'count'>[],
  now: Date = new Date(),
): string {
  const time = `${now.toISOString().slice(0, 19)}Z`
  return checks
    .map(({ tags, value, count }) => {
      const { group = '', ...others } = tags
      const fields = { ...others, ...(group === '' ? {} : { group }) }
      const all = {
        ...fields,
        value: String(value),
        count: String(count),
        metric: 'checks_total',
        output: 'sm',
      }
      const pairs = Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1))
      return `time="${time}" level=info msg="check result" ${pairs.map(([key, text]) => `${key}=${quoted(text)}`).join(' ')}\n`
    })
    .join('')
}

const quoted = (text: string): string => (/^[\w./@^+-]*$/.test(text) ? text : `"${goEscaped(text)}"`)

const SHORT: Readonly<Record<string, string>> = {
  '\u0007': 'a',
  '\b': 'b',
  '\f': 'f',
  '\n': 'n',
  '\r': 'r',
  '\t': 't',
  '\v': 'v',
  '"': '"',
  '\\': '\\',
}

/** A text as Go's `%q` writes it: what cannot be printed is an escape. */
const goEscaped = (text: string): string =>
  text.replace(/["\\]|[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu, (letter) => {
    const code = letter.codePointAt(0) ?? 0
    const hex = (digits: number): string => code.toString(16).padStart(digits, '0')
    const short = SHORT[letter]
    if (short !== undefined) return `\\${short}`
    return code < 0x80 ? `\\x${hex(2)}` : code < 0x10000 ? `\\u${hex(4)}` : `\\U${hex(8)}`
  })
