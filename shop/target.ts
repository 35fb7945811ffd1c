/** A request's target: the decoded path and the raw query, without `?`. */
export interface ShopTarget {
  readonly path: string
  readonly query: string
}

/** Reads the target of a request line, also in absolute form; undefined when its escapes are malformed. */
export function parseTarget(raw: string): ShopTarget | undefined {
  const origin = /^https?:\/\/[^/?#]*/i.exec(raw)?.[0] ?? ''
  const local = raw.slice(origin.length).replace(/#.*$/s, '')
  const mark = local.indexOf('?')
  const path = mark < 0 ? local : local.slice(0, mark)
  try {
    return {
      path: path.includes('%') ? decodeURIComponent(path) : path || '/',
      query: mark < 0 ? '' : local.slice(mark + 1),
    }
  } catch {
    return undefined
  }
}

/** `path` without empty, `.` and `..` segments; the shop redirects to it with 301 when it differs. */
export function cleanPath(path: string): string {
  if (!path.includes('//') && !path.includes('/.') && path.startsWith('/')) return path
  const kept: string[] = []
  for (const segment of path.split('/')) {
    if (segment === '..') kept.pop()
    else if (segment !== '' && segment !== '.') kept.push(segment)
  }
  const cleaned = `/${kept.join('/')}`
  return path.endsWith('/') && cleaned !== '/' ? `${cleaned}/` : cleaned
}
