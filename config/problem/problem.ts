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
export const sentence = ({ where, got, allowed, fix }: Problem): string =>
  `${where}: got ${got}; allowed: ${allowed}${fix ? `. ${fix}` : ''}`

/** All problems as one message: a heading with their number, then a line each. */
export const message = (problems: readonly (Problem | string)[]): string => {
  const lines = problems.map((problem) => `  - ${typeof problem === 'string' ? problem : sentence(problem)}`)
  return [`${lines.length} problem${lines.length === 1 ? '' : 's'}:`, ...lines].join('\n')
}

/** Quotes what a person wrote, shortened to 80 characters. */
export const quote = (text: string): string =>
  JSON.stringify(text.length > 80 ? `${text.slice(0, 79)}…` : text)
