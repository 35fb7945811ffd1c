import { calledName, isOpenName, MAX_DISTANCE, saysSecret } from './called.ts'
import { APART, MORE_WORDS, NAMED } from './namedPatterns.ts'

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

/** Values that a text has under names, in their order: none is within another. */
export const namedIn = (text: string): Named[] => {
  const table = cellsIn(text)
  if (table.length > 0) return table
  const found: Named[] = []
  const search = new RegExp(NAMED)
  for (let match = search.exec(text); match !== null; match = search.exec(text)) {
    const { groups = {}, 0: whole } = match
    // `a:b` is one value, as long as no other line says that it is a list of them.
    if (groups.rest !== undefined && !/[:=] |=/.test(whole) && !text.includes('\n')) continue
    // Of what is in brackets, only a name of a secret names something.
    if ((groups.second ?? groups.item) !== undefined && besideIn(groups) === undefined) continue
    if (groups.block !== undefined) {
      const below = linesBelow(match, text)
      for (const one of below) found.push(one)
      search.lastIndex = below.at(-1)?.to ?? search.lastIndex
      continue
    }
    const one = oneOf(match, text)
    found.push(one)
    search.lastIndex = Math.max(search.lastIndex, one.to)
  }
  return withCalled(found, text)
}

/** Cells of a table with its names in the first line, and several columns. */
const cellsIn = (text: string): Named[] => {
  const [, head = '', end = ''] = /^(\w[\w .-]*(?:[,;\t] ?\w[\w .-]*)+)(\r?\n)(?=\S)/.exec(text) ?? []
  const sign = /[,;\t]/.exec(head)?.[0]
  if (sign === undefined) return []
  const names = head.split(sign)
  const found: Named[] = []
  let at = head.length + end.length
  for (const line of text.slice(at).split('\n')) {
    const cells = line.replace(/\r$/, '').split(sign)
    if (line.trim() !== '' && cells.length !== names.length) return []
    let from = at
    for (const [index, cell] of cells.entries()) {
      const inner = cell.trim()
      const begin = from + cell.indexOf(inner)
      if (inner !== '')
        found.push({
          name: names[index]?.trim() ?? '',
          text: inner,
          from: begin,
          to: begin + inner.length,
          place: 'plain',
        })
      from += cell.length + 1
    }
    at += line.length + 1
  }
  return found
}

/** Values with the names that others beside or around them give them. */
const withCalled = (found: readonly Named[], text: string): Named[] => {
  if (!found.some(({ name }) => isOpenName(name))) return [...found]
  const apart = found.map(({ from }, index) => {
    const before = found[index - 1]?.to
    return before === undefined || APART.test(text.slice(before, Math.min(from, before + 2000)))
  })
  return found.map((one, index) => {
    if (!isOpenName(one.name)) return one
    let [begin, end] = [index, index + 1]
    while (begin > index - MAX_DISTANCE && apart[begin] === false) begin--
    while (end < index + MAX_DISTANCE && apart[end] === false) end++
    return { ...one, name: calledName(found.slice(begin, end), index - begin, around(text, one)) }
  })
}

/** What the object or the element is called that a value is in. */
const around = (text: string, { from, place }: Named): string | undefined => {
  const before = text.slice(Math.max(0, from - 600), from)
  if (place === 'xml')
    return bare(/<([\w:.-]+)(?:\s[^<>]*>?|>\s*<[^<>]+>)(?:<!\[CDATA\[)?$/.exec(before)?.[1])
  const open = before.lastIndexOf('{')
  if (open < 0 || before.includes('}', open)) return undefined
  return /([\w.-]{1,80})["']?\s{0,20}[:=]\s{0,20}$/.exec(before.slice(Math.max(0, open - 130), open))?.[1]
}

/** The name of a secret that a list of YAML has for its second, or that the list is called by. */
const besideIn = ({ first, over, list }: Readonly<Record<string, string>>): string | undefined =>
  [first, over, list].find((name) => name !== undefined && saysSecret(name))

/** One value, where a pattern holds. */
const oneOf = ({ groups = {}, 0: whole, index }: RegExpExecArray, text: string): Named => {
  const { key, json, tick, field, value, number, parameter, line, tag, inner, command } = groups
  const single = groups.single ?? tick
  const beside = groups.flow ?? besideIn(groups)
  const name =
    key ?? field ?? parameter ?? line ?? command ?? beside ?? nameIn(groups.attributes) ?? bare(tag)
  const end = index + whole.length
  const query = groups.query === undefined ? undefined : groups.query + moreOf(text, index, end)
  const inBrackets = groups.entry ?? groups.second ?? groups.item
  const found =
    json ?? single ?? value ?? number ?? query ?? groups.rest ?? groups.given ?? inner ?? inBrackets ?? ''
  const isQuoted = json !== undefined || value !== undefined
  const to = single === undefined ? end + found.length - (groups.query ?? found).length : end - 1
  const from = to - found.length - (isQuoted ? 2 : 0)
  const one = { name, text: found, from, to }
  if (inner !== undefined) return { ...one, place: 'xml' }
  if ((json ?? single) !== undefined && isInTag(text, index))
    return { ...one, ...(isQuoted ? { from: from + 1, to: to - 1 } : undefined), place: 'xml' }
  if (isQuoted) return { ...one, place: 'json' }
  return { ...one, place: number !== undefined ? 'number' : query === undefined ? 'plain' : 'query' }
}

/** The words behind `name=value`, where it is no parameter of an address. */
const moreOf = (text: string, from: number, to: number): string => {
  MORE_WORDS.lastIndex = to
  const more = MORE_WORDS.exec(text)?.[0] ?? ''
  return more === '' || /\?[^\s"'<>]*$/.test(text.slice(Math.max(0, from - 2000), from)) ? '' : more
}

/** Values of the lines below one that ends with its name: those of a list, or a text of YAML. */
const linesBelow = ({ groups = {}, 0: head, index }: RegExpExecArray, text: string): Named[] => {
  const { block: name = '', indent = '', style } = groups
  const item = style === undefined ? ITEM : new RegExp(`(?:${indent}[ \\t]+(\\S[^\\r\\n\\0]*)|[ \\t]*)`, 'y')
  const found: Named[] = []
  for (let at = index + head.length; at < text.length;) {
    item.lastIndex = at
    const [line, own = ''] = item.exec(text) ?? []
    if (line === undefined || (line === '' && style === undefined)) break
    const end = at + line.length
    const [mark = ''] = style === undefined ? (/^["']/.exec(own) ?? []) : []
    const inner = own.slice(mark.length, own.length - mark.length)
    const [from, to] = mark === "'" ? [end - own.length + 1, end - 1] : [end - own.length, end]
    if (own !== '') found.push({ name, text: inner, from, to, place: mark === '"' ? 'json' : 'plain' })
    at = end + (/^\r?\n/.exec(text.slice(end, end + 2))?.[0].length ?? text.length)
  }
  return found
}

/** A line of a list of YAML that is one text. */
const ITEM =
  /[ \t]*-[ \t]+("[^"\n]*"|'[^'\n]*'|[^\s"'{[<][^:\r\n\0]*(?::(?![ \t\r\n])[^:\r\n\0]*)*)(?=\r?$)/my

const nameIn = (attributes = ''): string | undefined =>
  /\b(?:name|key)\s*=\s*["']([^"']+)/i.exec(attributes)?.[1]

/** A name without its namespace. */
const bare = (tag = ''): string => tag.replace(/^.*:/, '')

/** Whether a place is among the attributes of an element. */
const isInTag = (text: string, at: number): boolean => {
  const before = text.slice(Math.max(0, at - 2000), at)
  return /<[\w:.-]+\s[^<>]*$/.test(before.slice(before.lastIndexOf('<')))
}
