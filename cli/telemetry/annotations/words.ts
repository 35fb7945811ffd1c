import { truncate, printable } from '../../base/index.ts'

/** Bytes of a tag's value: Grafana takes 500 of all tags together (`tags_length`), and 100 characters of each. */
const MAX_TAG_BYTES = 64

/** The most characters of a text of ours, before it is written as HTML. */
const MAX_TEXT_CHARACTERS = 500

/** A tag `key:value`. Grafana ends a value at a further colon, and drops blanks around it. */
export function tag(key: string, value: string): string {
  let short = truncate(oneLine(value).replaceAll(':', '_'), MAX_TAG_BYTES)
  while (Buffer.byteLength(short) > MAX_TAG_BYTES) short = truncate(short, short.length - 1)
  return `${key}:${oneLine(short)}`
}

/** A text as Grafana shows it: as HTML, in which what comes from outside is data. */
export const html = (text: string, most = MAX_TEXT_CHARACTERS): string =>
  // Cut after the first cleaning, and cleaned again: a cut may leave half a character.
  oneLine(truncate(oneLine(text), most)).replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`)

/** A link of a text. */
export const link = (url: string, text: string): string => `<a href="${html(url, 2000)}">${html(text)}</a>`

const oneLine = (text: string): string => printable(text.replace(/\s+/g, ' ').trim())
