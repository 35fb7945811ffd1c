import { nearest } from '../../../config/problem/nearest.ts'

/** Names by what they are of, such as `suite`; undefined where it is not asked for. */
export type Names = Readonly<Record<string, string | undefined>>

/** What is asked for and no run has, a sentence each, with the nearest that some run has. */
export const unknownNames = (asked: Names, runs: readonly Names[]): string[] =>
  Object.entries(asked).flatMap(([what, name]) => {
    const known = [...new Set(runs.flatMap((one) => one[what] ?? []))]
    if (name === undefined || known.length === 0 || known.includes(name)) return []
    const near = nearest(name, known)
    const meant = near === undefined ? '' : `: did you mean "${near}"?`
    return [`no run has the ${what} "${name}"${meant}`]
  })
