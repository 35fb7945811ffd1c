import { quote, type Problem } from './problem.ts'

/** Letters of a word that may be a misspelt one; comparing takes the square of them. */
const MAX_CHARACTERS = 80

/** The word of `words` nearest to `word` (at most two letters wrong, or a third of a long one), for "did you mean". */
export const nearest = (word: string, words: readonly string[]): string | undefined => {
  if (word.length > MAX_CHARACTERS) return undefined
  let best: string | undefined
  let least = (word.length < 4 ? 1 : Math.max(2, Math.floor(word.length / 3))) + 1
  for (const candidate of words) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase())
    if (distance < least) [best, least] = [candidate, distance]
  }
  return best
}

/** A problem with a word that should have been one of `words`, with "did you mean" where one is near. */
export const unknownWord = (where: string, word: string, words: readonly string[]): Problem => {
  const near = nearest(word, words)
  return {
    where,
    got: quote(word),
    allowed: words.join(', ') || 'nothing',
    ...(near === undefined ? {} : { fix: `Did you mean ${quote(near)}?` }),
  }
}

/** Letters to insert, drop or change to make `b` of `a` (Levenshtein). */
const editDistance = (a: string, b: string): number => {
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
