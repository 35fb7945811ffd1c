import { SERIES_FILE } from '../base/index.ts'
import { type FileHandle, mkdir, open, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Identity } from './changes.ts'
import { LINES_VERSION, type SeriesLine, windowLines } from './lines.ts'
import { packMember } from './gzipMember.ts'
import type { Window } from './windows.ts'

/** Writes windows to a file, one after the other. */
export interface Journal {
  /** Appends them when what came before is written; resolves with whether the file has all that was given; never throws. */
  write(windows: readonly Window[]): Promise<boolean>
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
  /** Another folder, for when this one takes nothing more; undefined where there is none. */
  readonly elsewhere?: (() => Promise<string | undefined>) | undefined
  /** Told once, when the file cannot be written; nothing more is then tried. */
  readonly onFailure: (error: Error) => void
}

/** A journal in a folder; the file is opened with the first window. */
export function openJournal({ folder, window, named, whole, elsewhere, onFailure }: JournalOptions): Journal {
  const ids = new Map([...named].map(([id, series]) => [series, id]))
  let next = Math.max(-1, ...named.keys()) + 1
  let file: FileHandle | undefined
  let path = join(folder, SERIES_FILE)
  /** Bytes of the file that are whole. */
  let good = whole
  let failed = false
  let before: Promise<void> = Promise.resolve()

  const textOf = (windows: readonly Window[]): string => {
    const lines: object[] = file ? [] : [{ lines: LINES_VERSION, window }]
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
      try {
        if (!file) file = await openWhole(path, good)
        else if (!(await isAt(path, file))) file = await copied(file, good, path)
        await file.appendFile(member)
      } catch (error) {
        const other = await elsewhere?.()
        if (other === undefined) throw error
        path = join(other, SERIES_FILE)
        file = file ? await copied(file, good, path) : await openWhole(path, 0)
        await file.appendFile(member)
      }
      good += member.length
    } catch (error) {
      failed = true
      onFailure(error as Error)
    }
  }
  return {
    async write(windows) {
      if (windows.length > 0) before = before.then(() => append(windows))
      await before
      return !failed
    },
    async close() {
      await before
      await file?.close().catch(() => undefined)
    },
  }
}

/** A file to append to, without what follows its whole bytes; it can be read, too. */
async function openWhole(path: string, whole: number): Promise<FileHandle> {
  const file = await open(path, 'a+', 0o600)
  if ((await file.stat()).size > whole) await file.truncate(whole)
  return file
}

/** Whether a path still leads to a file that is open, which is false once it was removed. */
async function isAt(path: string, file: FileHandle): Promise<boolean> {
  const [there, open] = await Promise.all([stat(path).catch(() => undefined), file.stat()])
  return there?.ino === open.ino && there.dev === open.dev
}

/** The first bytes of an open file, which may have been removed, in a new one; the old one is closed. */
async function copied(file: FileHandle, bytes: number, path: string): Promise<FileHandle> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const copy = await openWhole(path, 0)
  const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(bytes), position: 0 })
  await copy.appendFile(buffer.subarray(0, bytesRead))
  await file.close()
  return copy
}

function describe({ name, labels, first }: Identity): Omit<SeriesLine, 'id'> {
  return { name, labels, first }
}
