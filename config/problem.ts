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
export function message(problems: readonly Problem[]): string {
  const heading = problems.length === 1 ? '1 problem:' : `${problems.length} problems:`
  return [heading, ...problems.map((problem) => `  - ${sentence(problem)}`)].join('\n')
}

/** Quotes what a person wrote, shortened to 80 characters. */
export function quote(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 79)}…` : text)
}

/** The word of `words` nearest to `word` (at most a third of its letters wrong), for "did you mean". */
export function nearest(word: string, words: readonly string[]): string | undefined {
  let best: string | undefined
  let least = Math.max(1, Math.floor(word.length / 3)) + 1
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

/** Letters to insert, drop, change or swap with their neighbour to make `b` of `a` (optimal string alignment). */
function editDistance(a: string, b: string): number {
  let before: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1]
      let cost = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + (same ? 0 : 1),
      )
      if (a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1])
        cost = Math.min(cost, (before[column - 2] ?? 0) + 1)
      current.push(cost)
    }
    ;[before, previous] = [previous, current]
  }
  return previous[b.length] ?? 0
}
