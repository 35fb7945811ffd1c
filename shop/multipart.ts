interface Part {
  readonly name: string
  /** Undefined where it is no file. */
  readonly filename: string | undefined
  /** One character a byte. */
  readonly content: string
}

/** The parts of a multipart form; a body that is not one has none. */
function partsOf(type: string, body: Buffer): Part[] {
  const [, quoted, token] = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;]{1,70}))/i.exec(type) ?? []
  const boundary = quoted ?? token
  if (boundary === undefined) return []
  const parts = `\r\n${body.toString('latin1')}`.split(`\r\n--${boundary}`)
  if (parts.at(-1)?.startsWith('--') !== true) return []
  return parts.slice(1, -1).flatMap((part): Part[] => {
    const blank = part.indexOf('\r\n\r\n')
    const head = part.slice(0, blank)
    const name = /^content-disposition:\s*form-data;.*?\bname="([^"]*)"/im.exec(head)?.[1]
    if (blank < 0 || name === undefined) return []
    const filename = /\bfilename=(?:"([^"]*)")?/i.exec(head)
    return [{ name, filename: filename ? (filename[1] ?? '') : undefined, content: part.slice(blank + 4) }]
  })
}

/** The text fields of a multipart form, first of each name; a body that is not one has none. */
export const fieldsOf = (type: string, body: Buffer): [name: string, value: string][] =>
  partsOf(type, body)
    .filter(({ filename }) => filename === undefined)
    .map(({ name, content }) => [name, Buffer.from(content, 'latin1').toString('utf8')])

/** The files of a multipart form, with their sizes. */
export const filesOf = (type: string, body: Buffer): { name: string; filename: string; bytes: number }[] =>
  partsOf(type, body).flatMap(({ name, filename, content }) =>
    filename === undefined ? [] : [{ name, filename, bytes: content.length }],
  )
