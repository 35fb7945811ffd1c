import { printable, truncate } from '../base/index.ts'

const MAX_NAME_CHARACTERS = 200

/** What means something in GitHub's Markdown, and how it is written so that it does not. */
const MEANT: readonly (readonly [RegExp, string])[] = [
  [/&/g, '&amp;'],
  [/#(?=\d)/g, '#&#8203;'],
  [/</g, '&lt;'],
  [/>/g, '&gt;'],
  [/\\/g, '&#92;'],
  [/\|/g, '&#124;'],
  [/`/g, '&#96;'],
  [/[*[\]~$]|(?<![a-z0-9])_|_(?![a-z0-9])/gi, '\\$&'],
  // Mentions, issues and addresses are made links of after all else: only a character between stops that.
  [/@/g, '@&#8203;'],
  [/:(?=\/\/)/g, '&#58;'],
  [/\bwww\./gi, 'www&#46;'],
  [/^(?=\s*([-+=#]|\d+[.)](\s|$)))/, '&#8203;'],
]

/** Text that stays text in Markdown, on one line. */
export function markdownText(raw: string, most = MAX_NAME_CHARACTERS): string {
  return MEANT.reduce(
    (safe, [meant, instead]) => safe.replace(meant, instead),
    printable(truncate(raw, most)),
  )
}
