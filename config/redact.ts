/*
 * Each rule is a literal, which k6 compiles once for all VUs; has the flag `u`, without which k6's engine compiles it
 * anew for each text with a character beyond ASCII (14 ms); and needs a time that grows as the text does.
 */

/** Headers and lines of YAML, whose value may be several words: to the end of the line. */
const LINES = /((?:cookie2?|authori[sz]ation|pass(?:w(?:or)?d|phrase)|secret) *: *)[^\s"'\\&<{[][^\n"<]*/giu

/**
 * A word that promises a secret, unless it is an error's name; the rest of the name; its end, with `=`, `:`, `=>`, `%3D`,
 * the end of a tag, or `value=` after it; and a value: in quotes, which may be escaped, be entities or be within a
 * quoted text; in brackets; or up to the next space.
 */
const NAMED =
  /(token|key|secret|pass(?:w|ph|\b)|pwd|credential|cookie|sess(?:ion|id)|signature|credit.?c|cv[vc]|jwt|[cx]srf|auth(?:ori[sz]a|\b)|\b(?:sid|sig|otp|pin)\b)(?:\w*(?:error|exception)\b|([\w.-]*(?:\]?(?:\\*["']|\\u00..|&[\w#]+;|%22)?\s*(?:[:=]>?|%3[AD])\s*|(?:\s+[\w:.-]+=["'][^<>"']*["'])*>(?:<!\[CDATA\[)?|\\*["'](?:\s+[\w-]+=["'][^<>"']*["'])*[,\s]+\\*["']?(?:value|content)\\*["']?\s*[:=]\s*)b?)(?:\\*"[^"\\]*(?:(?:""|\\[^])[^"\\]*)*"?|'[^'\\]*(?:(?:''|\\[^])[^'\\]*)*'?|&[\w#]+;[^&]*(?:&(?:amp|[lg]t);[^&]*)*|[[{][^\]}]*|(?:(?:token|basic|bearer|digest) +)?[^&\s"<]+)|[\w.-]*)/giu

/**
 * Secrets by their form: the user of a URL, tokens of well-known makers, private keys, cards, e-mail addresses; and the own
 * port of a connection, `read tcp 127.0.0.1:53422->…`, which is another one each time.
 */
const SHAPES =
  /(:\\*\/\\*\/|%3A%2F%2F)[^/\s"<>]*(?:@|%40)|(\b(?:bearer|basic) +)[\w.~+/=-]+|( \S+:)\d+(->)|\b(?:eyJ|A[KS]IA|AIza|xox.-|gh._|github_pat|gl(?:c|sa|pat)[_-]|npm_|[sr]k[_-])[\w.-]{8,}|-BEGIN [\w ]*PRIVATE KEY-+[^-]*|\d(?:[ -]?\d){13,}|\b[\w.+%-]{1,64}@[\w-]{1,63}\.[\w.-]*\w/giu

/** A text of a request, a response or an error without what may be a secret; cut to `most` characters. */
export const redact = (text: string, most = Infinity): string =>
  cut(text, most + 200)
    .replace(LINES, '$1***')
    .replace(NAMED, (all, word: string, end?: string) => (end ? `${word}${end}***` : all))
    .replace(SHAPES, '$1$2$3***$4')
    .slice(0, most)

/** The first characters of a text, none of them a half one, for which k6's engine would compile rules anew. */
export const cut = (text: string, most: number): string =>
  text.slice(0, most - Number(text.charCodeAt(most - 1) >> 10 === 0x36))

/** The text of an HTML page without its tags, scripts and styles; any other text as it is. */
export const withoutTags = (text: string): string => {
  if (!/^\s*<(!doctype html|html)/i.test(text)) return text
  const words = text.replace(TAGS, ' ')
  return words.trim() === '' ? text : words
}

const TAGS = /<(?:script\b[^]*?(?:<\/script|$)|style\b[^]*?(?:<\/style|$))?[^>]*(?:>|$)/giu
