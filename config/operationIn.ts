/** Texts and comments, which may say anything, braces, and the beginnings of operations that have a name. */
const TOKENS = /"""[^]*?"""|"[^"\\\n]*(?:\\.[^"\\\n]*)*"|#[^\n]*|[{}]|\b(?:query|mutation)\s+([A-Za-z_]\w*)/g

/** The name of the first operation in a text of GraphQL; undefined where it has none. */
export const operationIn = (text: string): string | undefined => {
  let depth = 0
  for (const [token, name] of text.matchAll(TOKENS)) {
    if (name !== undefined && depth === 0) return name
    depth += token === '{' ? 1 : token === '}' ? -1 : 0
  }
  return undefined
}
