/** One thing that is wrong with what a person wrote: where, what was got, what is allowed, what to write. */
export interface Problem {
  /** The setting, option or file that is wrong. */
  where: string
  /** What was found there, as the person wrote it. */
  got: string
  /** What would have been accepted. */
  allowed: string
  /** What to write instead, where it is not obvious from `allowed`. */
  fix?: string
}

/** One problem as one sentence on one line. */
export function sentence({ where, got, allowed, fix }: Problem): string {
  return `${where}: got ${got}; allowed: ${allowed}${fix === undefined ? '' : `. ${fix}`}`
}

/** All problems as one message: a heading with their number, then a line each. */
export function message(problems: readonly (Problem | string)[]): string {
  const lines = problems.map((problem) => `  - ${typeof problem === 'string' ? problem : sentence(problem)}`)
  return [`${lines.length} problem${lines.length === 1 ? '' : 's'}:`, ...lines].join('\n')
}

/** Quotes what a person wrote, shortened to 80 characters. */
export function quote(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 79)}…` : text)
}

/** The word of `words` nearest to `word` (at most two letters wrong, or a third of a long one), for "did you mean". */
export function nearest(word: string, words: readonly string[]): string | undefined {
  let best: string | undefined
  let least = (word.length < 4 ? 1 : Math.max(2, Math.floor(word.length / 3))) + 1
  for (const candidate of words) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase())
    if (distance < least) [best, least] = [candidate, distance]
  }
  return best
}

/** A problem with a word that should have been one of `words`, with "did you mean" where one is near. */
export function unknownWord(where: string, word: string, words: readonly string[]): Problem {
  const near = nearest(word, words)
  return {
    where,
    got: quote(word),
    allowed: words.join(', ') || 'nothing',
    ...(near === undefined ? {} : { fix: `Did you mean ${quote(near)}?` }),
  }
}

/** Letters to insert, drop or change to make `b` of `a` (Levenshtein). */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (const [index, letter] of Array.from(a).entries()) {
    const next = [index + 1]
    for (let column = 1; column <= b.length; column++)
      next.push(
        Math.min(
          (row[column] ?? 0) + 1,
          (next[column - 1] ?? 0) + 1,
          (row[column - 1] ?? 0) + (letter === b[column - 1] ? 0 : 1),
        ),
      )
    row = next
  }
  return row[b.length] ?? 0
}
