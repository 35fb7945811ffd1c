import { printable, truncate } from '../base/index.ts'

const MAX_LINES = 60
const MAX_CHARACTERS = 90

/** What `loadwright check` looks for in comments. */
export const TODO = 'TODO(import):'

/** Code that no rule could rewrite, as comments under a mark that says what it was. */
export function todoLines(code: string, what: string): string[] {
  const lines = code
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map((line) => printable(line.replaceAll('\t', '  ').trimEnd()))
    .filter((line) => line !== '')
  return [
    `${TODO} ${what}:`,
    ...lines.slice(0, MAX_LINES).map((line) => `  ${truncate(line, MAX_CHARACTERS)}`),
    ...(lines.length > MAX_LINES ? [`  and ${lines.length - MAX_LINES} more lines`] : []),
  ]
}
