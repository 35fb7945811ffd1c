import { type FileHandle, open } from 'node:fs/promises'
import { join } from 'node:path'
import type { Identity } from './changes.ts'
import { LINES, type SeriesLine, windowLines } from './lines.ts'
import { packMember } from './member.ts'
import type { Window } from './windows.ts'

/** The series of a run, window by window, in the run's folder. */
export const SERIES_FILE = 'series.ndjson.gz'

/** Writes windows to a file, one after the other. */
export interface Journal {
  /** Appends them when what came before is written; never throws. */
  write(windows: readonly Window[]): void
  /** Waits until all is written, and closes the file. */
  close(): Promise<void>
}

/** Where to write, and what is there already. */
export interface JournalOptions {
  readonly folder: string
  /** The length of a window, ms. */
  readonly window: number
  /** Series that the file has named, by id. */
  readonly named: ReadonlyMap<number, Identity>
  /** How many bytes of the file are whole: what follows them is cut off. */
  readonly whole: number
  /** Told once, when the file cannot be written; nothing more is then tried. */
  readonly onFailure: (error: Error) => void
}

/** A journal in a folder; the file is opened with the first window. */
export function openJournal({ folder, window, named, whole, onFailure }: JournalOptions): Journal {
  const ids = new Map([...named].map(([id, series]) => [series, id]))
  let next = Math.max(-1, ...named.keys()) + 1
  let file: FileHandle | undefined
  let failed = false
  let before: Promise<void> = Promise.resolve()

  const textOf = (windows: readonly Window[]): string => {
    const lines: object[] = file ? [] : [{ lines: LINES, window }]
    for (const { changes } of windows)
      for (const series of changes.keys()) {
        if (ids.has(series)) continue
        ids.set(series, next)
        lines.push({ id: next, ...describe(series) })
        next++
      }
    lines.push(...windows.flatMap((each) => windowLines(each, (series) => ids.get(series) ?? -1)))
    return lines.map((line) => `${JSON.stringify(line)}\n`).join('')
  }
  const append = async (windows: readonly Window[]): Promise<void> => {
    if (failed) return
    try {
      const member = await packMember(textOf(windows))
      if (!file) {
        file = await open(join(folder, SERIES_FILE), 'a', 0o600)
        if ((await file.stat()).size > whole) await file.truncate(whole)
      }
      await file.appendFile(member)
    } catch (error) {
      failed = true
      onFailure(error as Error)
    }
  }
  return {
    write(windows) {
      if (windows.length > 0) before = before.then(() => append(windows))
    },
    async close() {
      await before
      await file?.close().catch(() => undefined)
    },
  }
}

function describe({ name, labels, first }: Identity): Omit<SeriesLine, 'id'> {
  return { name, labels, first }
}
