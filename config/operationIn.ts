/** The name of the first operation in a text of GraphQL; undefined where it has none. */
export const operationIn = (text: string): string | undefined =>
  /\b(?:query|mutation)\s+([A-Za-z_]\w*)/.exec(text.replace(/#[^\n]*/g, ''))?.[1]
