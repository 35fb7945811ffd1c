import { printable } from '../printable.ts'

/** Maximum length of foreign text in a message. */
const MAX_CHARACTERS = 300

/** The start of foreign text on one line, without secrets and without control characters of a terminal. */
export function redactLine(text: string, secrets: readonly string[]): string {
  // A secret that is a part of another would leave the rest of it.
  const hidden = secrets
    .filter((secret) => secret !== '')
    .toSorted((a, b) => b.length - a.length)
    .reduce((rest, secret) => rest.replaceAll(secret, '…'), text)
  const line = hidden.replace(/[\p{Cc}\s]+/gu, ' ').trim()
  return printable(line.slice(0, MAX_CHARACTERS))
}

/** What no text may hold of values that open something: each, and its words, but for those too short to be secret. */
export const secretWords = (values: readonly string[]): string[] =>
  values
    .flatMap((value) => [value, ...value.split(/\s+/)])
    .filter((word) => word.length > 3 && !/^(Basic|Bearer)$/i.test(word))
