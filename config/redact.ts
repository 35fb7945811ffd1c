const HIDDEN = '***'

/** What the names of fields and headers have in them whose values are secrets: a source for regular expressions. */
export const SECRET_WORDS = 'token|key|secret|passw|credential|authori[sz]ation|session|credit_?card|cvv'

/**
 * A text of a request or a response without what may be a secret: the values of fields whose names promise one, what
 * follows Bearer and Basic, JSON Web Tokens, numbers as long as a card's, e-mail addresses.
 */
export const redact = (text: string): string => {
  const rule = (source: string): RegExp => new RegExp(source, 'gim')
  const named = `(?:${SECRET_WORDS})`
  const rules: readonly (readonly [RegExp, string])[] = [
    // JSON, also as HTML or another JSON text escapes it; cut off as well.
    [rule(`("[^"]*${named}[^"]*"\\s*:\\s*)("(?:[^"\\\\]|\\\\.)*"?|[\\d.eE+-]+)`), `$1"${HIDDEN}"`],
    [
      rule(`(&quot;|&#34;|\\\\")([^"&\\\\]*${named}[^"&\\\\]*\\1\\s*:\\s*)\\1?[^"&\\\\,}]*(?:\\1)?`),
      `$1$2${HIDDEN}`,
    ],
    [rule(`((?:^|[?&])[^=&\\s]*${named}[^=&\\s]*=)[^&\\s]+`), `$1${HIDDEN}`],
    [rule(`(name=["'][^"']*${named}[^"']*["'][^>]*value=)("[^"]*"|'[^']*')`), `$1"${HIDDEN}"`],
    [rule('\\b(Bearer|Basic) +[\\w.~+/=-]+'), `$1 ${HIDDEN}`],
    [/\beyJ[\w-]{8,}(?:\.[\w-]*){0,4}/g, HIDDEN],
    [/\d(?:[ -]?\d){13,}/g, HIDDEN],
    [/\b[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+/g, HIDDEN],
  ]
  return rules.reduce((shown, [pattern, by]) => shown.replace(pattern, by), text)
}

/** The text of an HTML page without its tags, scripts and styles; any other text as it is. */
export const withoutTags = (text: string): string => {
  if (!/^\s*<(!doctype html|html)/i.test(text)) return text
  const words = text.replace(/<(script|style)\b[^]*?(?:<\/\1>|$)/gi, ' ').replace(/<[^>]*(?:>|$)/g, ' ')
  return words.trim() === '' ? text : words
}
