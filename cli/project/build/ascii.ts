const OTHER = /[\u0080-\uffff]/g

/** A code in ASCII, with the column that each line's columns have moved to. */
export interface Ascii {
  code: string
  moved: (line: number, column: number) => number
}

/**
 * Escapes what esbuild leaves as it is: regular expressions, which mean the same escaped. Raw templates do not: code
 * that has one is left alone.
 */
export function ascii(code: string): Ascii {
  if (/[\w$)\]]`[^`]*[\u0080-\uffff]/.test(code)) return { code, moved: (_, column) => column }
  const lines = code.split('\n')
  const escapes = new Map(
    lines.map((line, index) => [index, Array.from(line.matchAll(OTHER), (one) => one.index)]),
  )
  return {
    code: code.replace(OTHER, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
    // Six characters stand for one.
    moved: (line, column) => column + 5 * (escapes.get(line) ?? []).filter((at) => at < column).length,
  }
}
