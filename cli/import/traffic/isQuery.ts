/** Whether a text is of GraphQL's language: a query, and no words that somebody searched for. */
export const isQuery = (text: string): boolean =>
  /^\s*(?:#[^\n]*\n\s*)*(?:(?:query|mutation|subscription|fragment)\b[^{]*)?\{/.test(text)
