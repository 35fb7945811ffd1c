/** The words of a name, in letters and digits that a name of the language may have. */
export const plainWords = (name: string): string[] =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .split(/[^A-Za-z\d]+/)
    .filter(Boolean)
