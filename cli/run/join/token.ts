/** What the token of a collector may be: it stands in a path and in a header, and cannot be guessed. */
export const isToken = (text: string): boolean => /^[\w.~-]{16,256}$/.test(text)

/** That a token is none, without its value. */
export const noToken = {
  where: 'COLLECT_TOKEN',
  got: 'a value that is too short, too long, or has other characters',
  allowed: '16 to 256 letters, digits and . _ ~ -, such as of: openssl rand -hex 24',
} as const
