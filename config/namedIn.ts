/** A value that a text has under a name: of JSON, XML, a query, code, or a line. */
export interface Named {
  name: string
  /** As it stands there, with the escapes of its place and without quotes. */
  text: string
  /** Where it is: of JSON with its quotes. */
  from: number
  to: number
  /** What its place takes for text: within quotes of JSON, as its number, in XML, in a query, or anything. */
  place: 'json' | 'number' | 'xml' | 'query' | 'plain'
}

/** The first that holds at a place. Ends of lengths keep the search linear, whatever the text is. */
const NAMED = new RegExp(
  [
    // <name …>value</name>
    /(?<=<(?<tag>[\w:.-]{1,80})(?<attributes>(?:\s[^<>]{0,2000})?)>(?:<!\[CDATA\[)?)(?<inner>[^<>]+?)(?=(?:\]\]>)?<\/)/,
    // "name": "value", name: "value", name="value", "name": 12
    /(?<![\w.:-])(?<key>[\w.:-]{1,80})["']?\s{0,20}[:=]\s{0,20}(?:"(?<json>[^"\\]*(?:\\.[^"\\]*)*)"|'(?<single>[^'\\]*(?:\\.[^'\\]*)*)')/,
    /"(?<field>[^"\\\n]{1,80})"\s{0,20}:\s{0,20}(?:"(?<value>[^"\\]*(?:\\.[^"\\]*)*)"|(?<number>-?\d[\d.eE+-]*))/,
    // name=value
    /(?<![\w.~%-])(?<parameter>[\w.~%[\]-]{1,80})=(?!=)(?<query>[^&;\s"'<>]+)/,
    // a line of its own: name: value
    /^[ \t]{0,40}(?:-[ \t])?(?<line>[\w.-]{1,40})[ \t]{0,20}:(?!\/\/)[ \t]{0,20}(?<rest>[^\s"'{[<|>&*,\0]+(?: [^\s#\0]+){0,2})(?=[ \t\r\0]*(?:#[^\n]*)?$)/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'gms',
)

/** Whether a name is that of what says how a value beside it is called: `<param name="token" value="…"/>`. */
export const isCalling = (name: string): boolean => /^(?:name|key|field|property|parameter)$/i.test(name)
/** Whether it is that of such a value. */
export const isValueOf = (name: string): boolean => /^value$/i.test(name)

const nameIn = (attributes = ''): string | undefined =>
  /\b(?:name|key)\s*=\s*["']([^"']+)/i.exec(attributes)?.[1]

/** A name without its namespace. */
const bare = (tag = ''): string => tag.replace(/^.*:/, '')

/** Whether a place is among the attributes of an element. */
const isInTag = (text: string, at: number): boolean => {
  const before = text.slice(Math.max(0, at - 2000), at)
  return /<[\w:.-]+\s[^<>]*$/.test(before.slice(before.lastIndexOf('<')))
}

/** Values that a text has under names, in their order: none is within another. */
export const namedIn = (text: string): Named[] => {
  let called = ''
  // `a:b` is one value, as long as no other line says that it is a list of them.
  const matches = [...text.matchAll(NAMED)].filter(
    ({ 0: whole, groups }) => groups?.rest === undefined || whole.includes(': ') || text.includes('\n'),
  )
  return matches.map(({ groups = {}, 0: whole, index }): Named => {
    const { key, json, single, field, value, number, parameter, query, line, rest, tag, inner } = groups
    const own = key ?? field ?? parameter ?? line ?? nameIn(groups.attributes) ?? bare(tag)
    const found = json ?? single ?? value ?? number ?? query ?? rest ?? inner ?? ''
    const name = isValueOf(own) && called !== '' ? called : own
    called = isCalling(own) ? found : ''
    const isQuoted = json !== undefined || value !== undefined
    const end = index + whole.length
    const to = single === undefined ? end : end - 1
    const from = to - found.length - (isQuoted ? 2 : 0)
    const quotes = { from, to, name, text: found }
    if (inner !== undefined) return { ...quotes, place: 'xml' }
    if ((json ?? single) !== undefined && isInTag(text, index))
      return { ...quotes, ...(isQuoted ? { from: from + 1, to: to - 1 } : undefined), place: 'xml' }
    if (isQuoted) return { ...quotes, place: 'json' }
    return { ...quotes, place: number !== undefined ? 'number' : query === undefined ? 'plain' : 'query' }
  })
}
