/** The parts of an http or https URL that loadwright needs; neither k6 nor this layer has the global `URL`. */
export interface HttpUrl {
  /** Without a trailing slash: what paths are appended to. */
  base: string
  /** Without port and brackets, in lower case. */
  host: string
}

/** Reads an absolute http(s) URL without query and fragment; undefined for anything else. */
export const parseHttpUrl = (text: string): HttpUrl | undefined => {
  const [, host, port = '80'] =
    /^https?:\/\/(\[[\da-f:.]+\]|\w(?:[\w.-]*\w)?)(?::(\d{1,5}))?(?:\/[^\s?#]*)?$/i.exec(text) ?? []
  return host && Number(port) > 0 && Number(port) < 65_536
    ? { base: text.replace(/\/+$/, ''), host: host.replace(/[[\]]/g, '').toLowerCase() }
    : undefined
}

/** Whether a host is this machine itself: `localhost`, 127.0.0.0/8 or ::1. */
export const isLoopback = (host: string): boolean => /^(localhost|::1|127(\.\d{1,3}){3})$/.test(host)

/** Whether a host is one of `patterns`; `*.example.com` stands for any name below example.com, not for itself. */
export const hostMatches = (host: string, patterns: readonly string[]): boolean =>
  patterns.some((written) => {
    const pattern = written.toLowerCase()
    return host === pattern || (pattern.startsWith('*.') && host.endsWith(pattern.slice(1)))
  })
