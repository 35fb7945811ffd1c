import { parseJson } from '../../base/index.ts'
import { isRecord } from '../studio/raw.ts'
import type { Content, Exchange } from '../traffic/exchange.ts'
import { leafAt } from './extract.ts'
import type { From, Selector } from './selector.ts'

/** A request with what a selector finds in it replaced; undefined where it finds nothing. `number` says whether a number stood there. */
export function replaceIn(
  exchange: Exchange,
  selector: Selector,
  mark: string,
): { exchange: Exchange; number: boolean } | undefined {
  switch (selector.by) {
    case 'json':
      return jsonReplaced(exchange, selector.path, mark)
    case 'header': {
      const name = selector.name.toLowerCase()
      if (!exchange.headers.some(([own]) => own.toLowerCase() === name)) return undefined
      const headers = exchange.headers.map(
        ([own, value]) => [own, own.toLowerCase() === name ? mark : value] as const,
      )
      return { exchange: { ...exchange, headers }, number: false }
    }
    case 'text':
      return changed(exchange, selector.from, (text) => text.replaceAll(selector.text, mark))
    case 'pattern': {
      let done = false
      return changed(exchange, selector.from, (text) => {
        const match = done ? null : selector.pattern.exec(text)
        const own = match?.[1]
        if (match === null || own === undefined || own === '') return text
        done = true
        const at = match.index + match[0].indexOf(own)
        return text.slice(0, at) + mark + text.slice(at + own.length)
      })
    }
  }
}

/** A request with a value replaced wherever it stands alone. */
export function replaceValue(exchange: Exchange, value: string, mark: string): Exchange | undefined {
  if (value.length < 2) return undefined
  const forms = [...new Set([value, encodeURIComponent(value)])]
  const change = (text: string): string => {
    let own = text
    for (const form of forms) own = wordsReplaced(own, form, mark)
    return own
  }
  const places: From[] = ['url', 'headers', 'body']
  let last: Exchange | undefined
  for (const from of places) last = changed(last ?? exchange, from, change)?.exchange ?? last
  return last
}

function wordsReplaced(text: string, value: string, mark: string): string {
  let own = ''
  let from = 0
  for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + value.length)) {
    const alone = !/\w/.test(text.charAt(at - 1)) && !/\w/.test(text.charAt(at + value.length))
    if (!alone) continue
    own += text.slice(from, at) + mark
    from = at + value.length
  }
  return own + text.slice(from)
}

/** A request with one of its parts changed; undefined where nothing did. */
function changed(
  exchange: Exchange,
  from: From,
  change: (text: string) => string,
): { exchange: Exchange; number: boolean } | undefined {
  const next = { ...exchange }
  if (from === 'url') {
    const [, origin = '', rest = ''] = /^([a-z]+:\/\/[^/?#]*)(.*)$/is.exec(exchange.url) ?? []
    next.url = origin + change(rest)
    return next.url === exchange.url ? undefined : { exchange: next, number: false }
  }
  if (from === 'headers') {
    next.headers = exchange.headers.map(([name, value]) => [name, change(value)])
    return next.headers.every(([, value], at) => value === exchange.headers[at]?.[1])
      ? undefined
      : { exchange: next, number: false }
  }
  const { content } = exchange
  if (content === undefined) return undefined
  next.content = contentChanged(content, change)
  return JSON.stringify(next.content) === JSON.stringify(content)
    ? undefined
    : { exchange: next, number: false }
}

const contentChanged = (content: Content, change: (text: string) => string): Content => ({
  ...content,
  fields: content.fields.map((field) => ({ ...field, value: change(field.value) })),
  ...(content.text === undefined ? undefined : { text: change(content.text) }),
})

function jsonReplaced(
  exchange: Exchange,
  path: readonly string[],
  mark: string,
): { exchange: Exchange; number: boolean } | undefined {
  const { content } = exchange
  const json = parseJson(content?.text ?? '')
  const before = leafAt(json, path)
  const holder = leafAt(json, path.slice(0, -1))
  const last = path.at(-1)
  if (content === undefined || before === undefined || last === undefined) return undefined
  if (Array.isArray(holder)) (holder as unknown[])[Number(last)] = mark
  else if (isRecord(holder))
    Object.defineProperty(holder, last, { value: mark, enumerable: true, writable: true })
  else return undefined
  return {
    exchange: { ...exchange, content: { ...content, text: JSON.stringify(json) } },
    number: typeof before === 'number',
  }
}
