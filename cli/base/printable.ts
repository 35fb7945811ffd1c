/** Control characters, those that re-order text, lone surrogates, and what no XML may hold. */
const HARMFUL =
  // eslint-disable-next-line no-control-regex -- these are the characters to remove
  /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]/gu

/** What came from outside, without characters that could repaint or re-order what is shown, or break a file. */
export function printable(text: string): string {
  return text.replace(HARMFUL, '�')
}

/** At most so many characters, `…` for the rest. */
export function truncate(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`
}
