/** A record of a log: its keys with their values; a key without a value has an empty one. */
export type LogfmtFields = Readonly<Record<string, string>>

/** A line of logfmt as the agent reads it, or why it cannot. */
export type Read = { fields: LogfmtFields } | { problem: string }

const LETTERS: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }

/** What the agent's reader takes for an escape, JSON's; and whatever else follows a backslash. */
const ESCAPE = /\\(?:u([0-9a-fA-F]{4})|(["\\/'bfnrt])|x[0-9a-f]{2}|U[0-9a-f]{8}|.?)/gsu

/** Reads one line of logfmt as the agent does. k6 writes escapes that it cannot read, `\x1b` among them. */
export function readLogfmt(line: string): Read {
  const fields: Record<string, string> = {}
  let rest = line
  for (;;) {
    rest = rest.replace(/^[\0- ]+/, '')
    if (rest === '') return { fields }
    const [key = ''] = /^[^\0- ="]*/.exec(rest) ?? []
    rest = rest.slice(key.length)
    if (key === '' || rest.startsWith('"')) return unexpected(rest)
    if (key.includes('\ufffd')) return { problem: `the key ${JSON.stringify(key)}, which is no UTF-8` }
    if (!rest.startsWith('=')) {
      fields[key] = ''
      continue
    }
    const [whole = '', quoted] = /^=(?:"((?:[^"\\]|\\.)*)"|[^\0- ="]*)/su.exec(rest) ?? []
    rest = rest.slice(whole.length)
    if (quoted === undefined) {
      if (whole === '=' && rest.startsWith('"')) return { problem: 'a quote that does not end' }
      if (/^["=]/.test(rest)) return unexpected(rest)
      fields[key] = whole.slice(1)
      continue
    }
    const bad = badIn(quoted)
    if (bad !== undefined) return { problem: bad }
    fields[key] = quoted.replace(ESCAPE, unescaped)
  }
}

const unescaped = (_: string, code?: string, letter?: string): string =>
  code === undefined ? (LETTERS[letter ?? ''] ?? letter ?? '') : String.fromCharCode(parseInt(code, 16))

const unexpected = (rest: string): Read => ({ problem: `an unexpected ${rest[0] ?? 'end'}` })

/** What the agent cannot read in a quoted value. */
function badIn(quoted: string): string | undefined {
  if (!quoted.includes('\\')) return undefined
  // eslint-disable-next-line no-control-regex -- what may not stand beside an escape
  if (/[\0-\x1f]/.test(quoted)) return 'a control character that is not escaped'
  const bad = Array.from(quoted.matchAll(ESCAPE)).find(([, code, letter]) => (code ?? letter) === undefined)
  return bad && `the escape ${bad[0]}`
}
