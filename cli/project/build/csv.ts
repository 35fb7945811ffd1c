import { parse } from 'csv-parse/sync'
import { quote } from '../../../config/problem/problem.ts'
import { UserError } from '../../base/index.ts'

/** What may stand between the columns; the comma first, since a heading may have the others in a name. */
const DELIMITERS = [',', ';', '\t', '|'] as const
const NAMES: Readonly<Record<string, string>> = {
  ',': 'commas',
  ';': 'semicolons',
  '\t': 'tabs',
  '|': 'bars',
}

/**
 * The rows of a CSV file with a heading: UTF-8, or UTF-16 with its mark; columns divided by commas, or all of them by
 * semicolons, tabs or bars. Throws UserError with the cause where columns or letters cannot be told apart for certain.
 */
export function readCsv(bytes: Uint8Array): Record<string, string>[] {
  const text = decoded(bytes)
  const delimiter = delimiterOf(text)
  return parse(text, {
    columns: (heading: string[]) => columns(heading, delimiter),
    delimiter,
    skip_empty_lines: true,
    bom: true,
    trim: true,
  })
}

function decoded(bytes: Uint8Array): string {
  const [first, second] = bytes
  const wide =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8'
  try {
    const text = new TextDecoder(wide, { fatal: true }).decode(bytes)
    if (!text.includes('\0')) return text
  } catch {
    // Told below, with its place.
  }
  throw new UserError(
    `${placeOfOther(bytes)}: no UTF-8; save the file as UTF-8 (in a spreadsheet: “CSV UTF-8”)`,
  )
}

/** The line that holds the first byte that is no UTF-8. */
function placeOfOther(bytes: Uint8Array): string {
  let line = 1
  let from = 0
  for (let end = bytes.indexOf(10); ; end = bytes.indexOf(10, from)) {
    const part = bytes.subarray(from, end < 0 ? bytes.length : end)
    const text = new TextDecoder().decode(part)
    if (text.includes('\ufffd') || text.includes('\0'))
      return `line ${line}, ${quote(text.replaceAll('\0', ''))}`
    if (end < 0) return `line ${line}`
    from = end + 1
    line++
  }
}

/** What divides the columns of a heading: a comma, if there is one; else the only other that it has. */
function delimiterOf(text: string): string {
  const heading = /^\s*([^\r\n]*)/.exec(text)?.[1] ?? ''
  const found = DELIMITERS.filter((delimiter) => heading.includes(delimiter))
  return found.length === 1 ? (found[0] ?? ',') : ','
}

function columns(heading: string[], delimiter: string): string[] {
  const nameless = heading.indexOf('')
  if (nameless >= 0) throw new UserError(`the heading: column ${nameless + 1} has no name`)
  const twice = heading.find((name, index) => heading.indexOf(name) < index)
  if (twice !== undefined)
    throw new UserError(
      `the heading: two columns are named ${quote(twice)}, and a row can hold only one of them`,
    )
  const odd = DELIMITERS.filter(
    (other) => other !== delimiter && heading.some((name) => name.includes(other)),
  )
  if (odd.length > 0)
    throw new UserError(
      `the heading ${quote(heading.join(delimiter))}: columns divided by ${NAMES[delimiter]}, or by ` +
        `${odd.map((other) => NAMES[other]).join(' or ')}? Divide all of them by commas`,
    )
  return heading
}
