import { sum } from '../../config/sum.ts'
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
  /** Told when the file cannot be written: it is tried again with what comes next, as long as that is not too much. */
  readonly onFailure: (error: Error) => void
  /** Told when all is written after that. */
  readonly onRecovery?: () => void
}

/** Bytes that wait for a disk that takes nothing; with more of them the file ends. */
const MAX_WAITING_BYTES = 64 * 1024 * 1024

/** A journal in a folder; the file is opened with the first window. */
export function openJournal({ folder, window, named, whole, elsewhere, ...told }: JournalOptions): Journal {
  const { onFailure, onRecovery } = told
  const ids = new Map([...named].map(([id, series]) => [series, id]))
  let next = Math.max(-1, ...named.keys()) + 1
  let file: FileHandle | undefined
  let path = join(folder, SERIES_FILE)
  /** Bytes of the file that are whole. */
  let good = whole
  /** Members that the disk has not taken yet. */
  let waiting: Buffer[] = []
  let [isFailing, isOver] = [false, false]
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
  /** Appends bytes behind those that are whole; a disk that took a part of others has left them there. */
  const put = async (bytes: Buffer): Promise<void> => {
    if (!file) file = await openWhole(path, good)
    else if (!(await isAt(path, file))) file = await copied(file, good, path)
    else if ((await file.stat()).size > good) await file.truncate(good)
    await file.appendFile(bytes)
  }
  const move = async (): Promise<boolean> => {
    const other = await elsewhere?.()
    const to = other === undefined ? path : join(other, SERIES_FILE)
    if (to === path) return false
    file = file ? await copied(file, good, to) : await openWhole(to, 0)
    path = to
    return true
  }
  const append = async (windows: readonly Window[]): Promise<void> => {
    if (isOver) return
    try {
      if (windows.length > 0) waiting.push(await packMember(textOf(windows)))
      const bytes = Buffer.concat(waiting)
      if (bytes.length > 0)
        await put(bytes).catch(async (error: unknown) => {
          if (!(await move())) throw error
          await put(bytes)
        })
      good += bytes.length
      waiting = []
      if (isFailing) onRecovery?.()
      isFailing = false
    } catch (error) {
      if (!isFailing) onFailure(error as Error)
      isFailing = true
      isOver = sum(waiting.map(({ length }) => length)) > MAX_WAITING_BYTES
      if (isOver) waiting = []
    }
  }
  return {
    async write(windows) {
      before = before.then(() => append(windows))
      await before
      return !isFailing
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
  try {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(bytes), position: 0 })
    await copy.appendFile(buffer.subarray(0, bytesRead))
  } catch (error) {
    await copy.close()
    throw error
  }
  await file.close()
  return copy
}

function describe({ name, labels, first }: Identity): Omit<SeriesLine, 'id'> {
  return { name, labels, first }
}
