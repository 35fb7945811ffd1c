/** The parts of an http or https URL that loadwright needs; neither k6 nor this layer has the global `URL`. */
export interface HttpUrl {
  /** Without a trailing slash: what paths are appended to. */
  base: string
  /** Without port and brackets, in lower case. */
  host: string
}

/** Reads an absolute http(s) URL without query and fragment; undefined for anything else. */
export const parseHttpUrl = (text: string): HttpUrl | undefined => {
  const match =
    /^https?:\/\/(\[[0-9a-f:.]+\]|[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?)(?::(\d{1,5}))?(?:\/[^\s?#]*)?$/i.exec(
      text,
    )
  if (!match || Number(match[2] ?? 1) > 65_535 || Number(match[2] ?? 1) === 0) return undefined
  return { base: text.replace(/\/+$/, ''), host: (match[1] ?? '').replace(/^\[|\]$/g, '').toLowerCase() }
}

/** Whether a host is this machine itself: `localhost`, 127.0.0.0/8 or ::1. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)

/** Whether a host is one of `patterns`; `*.example.com` stands for any name below example.com, not for itself. */
export const hostMatches = (host: string, patterns: readonly string[]): boolean =>
  patterns.some((written) => {
    const pattern = written.toLowerCase()
    return pattern.startsWith('*.')
      ? host.endsWith(pattern.slice(1)) && host.length >= pattern.length
      : host === pattern
  })
