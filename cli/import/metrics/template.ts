/** What a label says of a request's path. */
export interface RoutePath {
  /** With `:id` for each part that varies. */
  path: string
  /** Whether parts of it vary. */
  hasIds: boolean
  /** The method in front of it, as Go's patterns have one. */
  method?: string
}

/** Stands for what varies while the text is read. */
const HOLE = '\u0000'
/** `{id}`, `<int:id>`, `(?P<id>\d+)`, `[id]`, `:id(\d+)?`, `*rest`: what frameworks write. */
const HOLES = [
  /\(\?P?<\w+>(?:[^()]|\([^()]*\))*\)/g,
  /\{(?:[^{}]|\{[^{}]*\})*\}/g,
  /<[^<>]*>/g,
  /\[{1,2}[^[\]/]*\]{1,2}/g,
  /(?<=^|\/):\w+(?:\((?:[^()]|\([^()]*\))*\))?[?*+]?/g,
  /(?<=^|\/)\*+\w*/g,
]

/** Reads a path, a route's template or an address; undefined where a text is none of them. */
export function routePath(text: string): RoutePath | undefined {
  const [, method, rest = ''] = /^(?:([A-Z]{3,7}) +)?(.*)$/s.exec(text.trim()) ?? []
  const bare = rest
    .replace(/^https?:\/\/[^/?#]*/i, '')
    .replace(/^\^/, '')
    .replace(/\(\.:format\)$|(?:\/\?)?\$$/, '')
  const holes = HOLES.reduce((whole, hole) => whole.replace(hole, HOLE), bare)
  const isPath = holes.includes(HOLE) || /^[^\s/]*\//.test(holes) || (bare === '' && rest !== '')
  if (!isPath || /[\\^$|()\s]/.test(holes) || holes === HOLE) return undefined
  const parts = holes.split('/').map((part) => (part.includes(HOLE) ? ':id' : part))
  const path = parts.join('/')
  return {
    path: path.startsWith('/') ? path : `/${path}`,
    hasIds: holes.includes(HOLE),
    ...(method === undefined ? {} : { method }),
  }
}
