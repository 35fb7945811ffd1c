/** A request of a task. */
export interface LocustCall {
  method: string
  /** The path with `:id` for what the script puts in. */
  template: string
  /** As its author named it; undefined where Python names it, or nobody. */
  name: string | undefined
  /** The addresses that it may have; empty where only Python knows them. */
  paths: readonly string[]
  /** What it is sent with that is not read. */
  lost: readonly string[]
  /** Where in the text it stands. */
  at: number
}

/** Any request of the client, and one whose address begins with a text: what follows it makes an address of that. */
const METHODS = 'get|post|put|patch|delete|head|options'
const ANY = new RegExp(String.raw`\.(?:client\.(?:${METHODS}|request)|rest)\(`, 'g')
const REQUEST = new RegExp(
  String.raw`\.(?:(?:client\.request|rest)\(\s*(?:method\s*=\s*)?["'](\w+)["']\s*,|client\.(${METHODS})\()\s*(?:(?:url|path)\s*=\s*)?(f?)(["'])((?:(?!\4).)*)\4\s*(?:(\+|%|\.format\()\s*\(?\s*(?:random\.choice\((\w+)\)\s*\)?\s*(?=[,)]))?)?`,
  'g',
)
/** What a text has in place of a value: `{id}`, `%s`, `%(id)s`. */
const HOLES = { f: /\{[^}]*\}/g, '.format(': /\{[^}]*\}/g, '%': /%(?:\(\w+\))?[\d.]*[sdif]/g } as const
const HOLE = '\u0000'
/** What says nothing of the request itself. */
const NEEDLESS = /^(?:catch_response|allow_redirects|timeout|verify|stream|context)$/

/** The requests of a block that can be read, in their order. */
export function callsIn(text: string, lists: ReadonlyMap<string, readonly string[]>): LocustCall[] {
  return Array.from(text.matchAll(REQUEST), (match) => {
    const [whole, named, called, formatted, quote = '', path = '', by, list = ''] = match
    const written = `${quote}${path}${quote}`
    const chosen = by === undefined ? /^[^{}]*\{random\.choice\((\w+)\)\}[^{}]*$/.exec(path)?.[1] : list
    const values = lists.get(chosen ?? '') ?? []
    const holes = formatted === 'f' ? HOLES.f : by === '%' || by === '.format(' ? HOLES[by] : undefined
    const filled = holes === undefined ? path : path.replace(holes, HOLE)
    const given = argumentsIn(text, match.index + whole.indexOf(written) + written.length)
    const { query, lost, name } = readArguments(given)
    const address = by === '+' ? `${filled}${HOLE}` : filled
    const own = query === '' ? address : `${address}${address.includes('?') ? '&' : '?'}${query}`
    const isOpen = own.includes(HOLE)
    const [bare = ''] = own.replaceAll(HOLE, ':id').split('?')
    return {
      method: (named ?? called ?? '').toUpperCase(),
      template: bare.startsWith('/') ? bare : `/${bare}`,
      name,
      paths: isOpen
        ? own.split(HOLE).length === 2
          ? values.map((value) => own.replace(HOLE, value))
          : []
        : [own],
      lost,
      at: match.index,
    }
  })
}

/** Where requests of a block are, whether they can be read or not. */
export const callPlaces = (text: string): number[] => Array.from(text.matchAll(ANY), ({ index }) => index)

function readArguments(given: ReadonlyMap<string, string>): {
  query: string
  lost: string[]
  name: string | undefined
} {
  const lost: string[] = []
  let query = ''
  let name: string | undefined
  for (const [key, value] of given) {
    const plain = key === 'params' ? paramsIn(value) : undefined
    if (key === 'name') name = /^(["'])([^"'\\{}]{1,80})\1$/.exec(value)?.[2]
    else if (plain !== undefined) query = plain
    else if (!NEEDLESS.test(key)) lost.push(key)
  }
  return { query, lost, name }
}

/** `{"page": 1, 'q': "mug"}` as a query; undefined where Python makes a part of it. */
function paramsIn(text: string): string | undefined {
  const pair = /\s*(["'])([\w.[\]-]+)\1\s*:\s*(?:(["'])([^"'\\]*)\3|(-?\d+(?:\.\d+)?))\s*(?:,|$)/y
  const inside = /^\{(.*?),?\s*\}$/s.exec(text)?.[1]
  if (inside === undefined) return undefined
  const query = new URLSearchParams()
  while (pair.lastIndex < inside.trimEnd().length) {
    const [, , key = '', , word, digits] = pair.exec(inside) ?? []
    if (key === '') return undefined
    query.append(key, word ?? digits ?? '')
  }
  return query.toString()
}

/** The arguments that follow in a call, by their names, from within the one before on. */
function argumentsIn(text: string, from: number): ReadonlyMap<string, string> {
  const given = new Map<string, string>()
  let depth = 0
  let start = from
  const take = (end: number): void => {
    const [, key, value = ''] = /^\s*(\w+)\s*=(?!=)\s*(.*?)\s*$/s.exec(text.slice(start, end)) ?? []
    const rest = text.slice(start, end).trim()
    if (key !== undefined) given.set(key, value)
    else if (start > from && rest !== '') given.set('body', rest)
    start = end + 1
  }
  const token = /("""|''')[^]*?\1|(["'])(?:\\.|(?!\2).)*\2|#.*|[()[\]{},]/g
  token.lastIndex = from
  for (let found = token.exec(text); found !== null; found = token.exec(text)) {
    const [sign] = found
    if (/^[([{]$/.test(sign)) depth++
    else if (/^[)\]}]$/.test(sign)) depth--
    if (depth < 0 || (sign === ',' && depth === 0)) take(found.index)
    if (depth < 0) break
  }
  return given
}
