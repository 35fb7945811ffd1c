/** The text fields of a multipart form, first of each name; a body that is not one has none. */
export function readMultipart(type: string, body: Buffer): [name: string, value: string][] {
  const [, quoted, token] = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;]{1,70}))/i.exec(type) ?? []
  const boundary = quoted ?? token
  if (boundary === undefined) return []
  const parts = `\r\n${body.toString('latin1')}`.split(`\r\n--${boundary}`)
  if (parts.at(-1)?.startsWith('--') !== true) return []
  return parts.slice(1, -1).flatMap((part): [string, string][] => {
    const blank = part.indexOf('\r\n\r\n')
    const head = part.slice(0, blank)
    const name = /^content-disposition:\s*form-data;.*?\bname="([^"]*)"/im.exec(head)?.[1]
    if (blank < 0 || name === undefined || /\bfilename=/i.test(head)) return []
    return [[name, Buffer.from(part.slice(blank + 4), 'latin1').toString('utf8')]]
  })
}
