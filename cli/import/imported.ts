import type { Made } from './made.ts'
import { importReport } from './report.ts'

/** A suite that was made of a recording. */
export interface Imported {
  /** The suite's name. */
  name: string
  /** The suite, as TypeScript. */
  text: string
  /** Files that belong beside the suite. */
  files: Made['files']
  /** What is said at the end, once the file is at `path`. */
  report: (path: string) => string
}

/** What was made, with what is said of it. */
export const importedOf = (made: Made): Imported => ({
  name: made.name,
  text: made.text,
  files: made.files,
  report: (place) => importReport(made, place),
})
