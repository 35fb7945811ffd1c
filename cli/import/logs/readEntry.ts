import { readCombined } from './combined.ts'
import type { LogEntry } from './entry.ts'
import { readJsonLine } from './jsonLine.ts'

/** Reads a line of an access log, whatever its format; undefined where it is of none. */
export const readEntry = (line: string): LogEntry | undefined =>
  line.startsWith('{') ? readJsonLine(line) : readCombined(line)
