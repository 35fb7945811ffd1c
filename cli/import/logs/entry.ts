/** A request as a log tells of it. */
export interface LogEntry {
  /** When it ended, milliseconds since 1970. */
  at: number
  method: string
  /** Path and query, as they were sent. */
  target: string
  /** 0 where the log has none. */
  status: number
  /** How long it took; undefined where the log does not tell. */
  seconds: number | undefined
  agent: string
}

/** Splits the first line of a request, `GET /a HTTP/1.1`; undefined where it is none. */
export function requestLine(line: string): { method: string; target: string } | undefined {
  const space = line.indexOf(' ')
  const method = line.slice(0, space)
  if (space < 1 || !/^[A-Z]{3,20}$/.test(method)) return undefined
  const end = line.lastIndexOf(' HTTP/')
  const target = line.slice(space + 1, end > space ? end : undefined)
  return target === '' ? undefined : { method, target }
}
