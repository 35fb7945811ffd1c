import type { Note } from './recording.ts'

/** What became of a file: a suite, and what is said of it. */
export interface Made {
  /** What the file is, in words. */
  kind: string
  name: string
  /** The suite, as TypeScript. */
  text: string
  /** Files beside the suite that it imports. */
  files: readonly { name: string; text: string }[]
  /** How much there is of what: `journeys`, `steps`, `checks`. */
  counts: Readonly<Record<string, number>>
  steps: readonly string[]
  /** Values that are read from answers, and where. */
  read: readonly Note[]
  /** Where it was recorded; undefined where no address says so. */
  base: string | undefined
  /** Variables that hold its secrets. */
  secrets: readonly string[]
  left: readonly Note[]
  look: readonly Note[]
  /** Further parts of what is said, each with its title. */
  tables?: readonly { title: string; lines: readonly string[] }[]
  /** Lines of the file that changed, where the suite is the file rewritten. */
  changes?: readonly string[]
}
