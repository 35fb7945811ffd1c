/** What a text holds as JSON; undefined where it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

/** What a text of JSON says, given with its quotes; what is within them where it is none. */
export function unquoted(source: string): string {
  const own = parseJson(source)
  return typeof own === 'string' ? own : source.slice(1, -1)
}
