/** A field that is asked for; an argument is a value, or a variable's name. */
export interface AskedField {
  readonly name: string
  /** Its key in the answer. */
  readonly key: string
  readonly given: ReadonlyMap<string, Given>
  readonly fields: readonly AskedField[]
}

/** What an argument is given. */
export type Given = { readonly value: unknown } | { readonly variable: string }

/** An operation of a document. */
export interface Operation {
  readonly kind: 'query' | 'mutation'
  readonly name: string | undefined
  readonly fields: readonly AskedField[]
}

const TOKEN = /[\s,]+|#[^\n]*|(\.\.\.|[!$():=@[\]{}|&]|-?\d+(?:\.\d+)?|"(?:[^"\\\n]|\\.)*"|[A-Za-z_]\w*)/y

/**
 * The operations of a GraphQL document: fields with aliases and arguments; variables are taken as they come. Throws an
 * Error that says what it does not know: fragments, directives, subscriptions.
 */
export function parseDocument(text: string): Operation[] {
  const tokens = tokensOf(text)
  let at = 0
  const peek = (): string | undefined => tokens[at]
  const take = (wanted?: string | RegExp): string => {
    const token = tokens[at++]
    const fits = typeof wanted === 'string' ? token === wanted : !wanted || wanted.test(token ?? '')
    if (token === undefined || !fits) throw new Error(`Syntax Error: Unexpected ${token ?? '<EOF>'}.`)
    return token
  }
  const name = (): string => take(/^[A-Za-z_]/)

  function value(): Given {
    if (peek() === '$') {
      take()
      return { variable: name() }
    }
    const token = take(/^["\d\-A-Za-z]/)
    if (token === 'null') return { value: null }
    return { value: /^["\d-]|^(?:true|false)$/.test(token) ? (JSON.parse(token) as unknown) : token }
  }

  function given(): Map<string, Given> {
    const all = new Map<string, Given>()
    if (peek() !== '(') return all
    take()
    while (peek() !== ')') {
      const key = name()
      take(':')
      all.set(key, value())
    }
    take()
    return all
  }

  function fields(): AskedField[] {
    const all: AskedField[] = []
    take('{')
    while (peek() !== '}') {
      if (peek() === '...' || peek() === '@')
        throw new Error('This shop knows no fragments and no directives.')
      const first = name()
      const aliased = peek() === ':' && take() === ':'
      const own = aliased ? name() : first
      all.push({ name: own, key: first, given: given(), fields: peek() === '{' ? fields() : [] })
    }
    take()
    return all
  }

  const operations: Operation[] = []
  while (peek() !== undefined) {
    if (peek() === '{') {
      operations.push({ kind: 'query', name: undefined, fields: fields() })
      continue
    }
    const kind = take(/^(?:query|mutation)$/) as Operation['kind']
    const own = /^[A-Za-z_]/.test(peek() ?? '') ? take() : undefined
    while (peek() !== '{') take()
    operations.push({ kind, name: own, fields: fields() })
  }
  return operations
}

function tokensOf(text: string): string[] {
  const tokens: string[] = []
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < text.length) {
    const from = TOKEN.lastIndex
    const match = TOKEN.exec(text)
    if (!match) throw new Error(`Syntax Error: Unexpected character: ${JSON.stringify(text.charAt(from))}.`)
    if (match[1] !== undefined) tokens.push(match[1])
  }
  return tokens
}
