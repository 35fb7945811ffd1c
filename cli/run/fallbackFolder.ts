import { MOVED_FILE } from '../base/index.ts'
import {
  cp,
  lstat,
  type FileHandle,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  rm,
  stat,
  statfs,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

/** The folder of a run's files, with a fallback folder for when it cannot be written to. */
export interface Home {
  /** The fallback folder; the first call makes it and prints its path. Undefined if it cannot be made. */
  elsewhere: () => Promise<string | undefined>
  /** The fallback folder, if it was made. */
  moved: () => Promise<string | undefined>
  /**
   * Looks once a second whether the folder is there and has room, until it is stopped. A folder that was removed is made
   * again: `again` writes into it, and what k6 writes into `file`, which it goes on to do, is there again at the end.
   */
  watch: (file: string, again: () => Promise<unknown>) => { stop: () => Promise<void> }
}

/** A disk with fewer free bytes is full: k6's summary would not fit. */
const FULL_BYTES = 64 * 1024
/** The file in a fallback folder that names the folder for which it is, until the run ends. */
const ORIGIN_FILE = 'origin.txt'
/** Milliseconds between two checks of the folder. */
const INTERVAL_MS = 1000

/** The folder of a run's files; `say` gets each problem at once, not at the end. */
export function homeOf(folder: string, id: string, say: (line: string) => void): Home {
  let made: Promise<string | undefined> | undefined
  const elsewhere = (): Promise<string | undefined> =>
    (made ??= mkdtemp(join(tmpdir(), `${id}-`)).then(
      async (other) => {
        await writeFile(join(other, ORIGIN_FILE), resolve(folder), { mode: 0o600 }).catch(() => undefined)
        say(`cannot write to ${folder} any more (is its disk full?): the record continues in ${other}`)
        return other
      },
      () => undefined,
    ))
  let held: FileHandle | undefined
  const look = async (path: string, again: () => Promise<unknown>): Promise<void> => {
    held ??= await open(path).catch(() => undefined)
    if (!(await isThere(folder))) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      say(`${folder} was removed while the run goes on: it is made again`)
      await again()
    }
    const { bavail, bsize } = await statfs(folder)
    if (bavail * bsize < FULL_BYTES) await elsewhere()
  }
  return {
    elsewhere,
    moved: async () => made,
    watch(file, again) {
      const path = join(folder, file)
      let looking = false
      const timer = setInterval(() => {
        if (looking) return
        looking = true
        look(path, again)
          // What is wrong shows where something is written.
          .catch(() => undefined)
          .finally(() => (looking = false))
      }, INTERVAL_MS)
      timer.unref()
      return {
        async stop() {
          clearInterval(timer)
          if (held && !(await isThere(path)))
            await held.readFile().then(
              (text) => writeFile(path, text, { mode: 0o600 }),
              () => undefined,
            )
          await held?.close()
        },
      }
    },
  }
}

/** Fallback folders that this user's runs of that folder have left, since they were killed. */
export async function fallbacksOf(folder: string, id: string): Promise<string[]> {
  const names = await readdir(tmpdir()).catch(() => [])
  const places = names
    .filter((name) => name.startsWith(`${id}-`) && name.length === id.length + 7)
    .map((name) => join(tmpdir(), name))
  const origins = await Promise.all(places.map(originOf))
  return places.filter((_, index) => origins[index] === resolve(folder))
}

/** Whose fallback folder a place is; undefined where it is none, or another user's. */
async function originOf(place: string): Promise<string | undefined> {
  try {
    const { uid } = await lstat(place)
    return uid === (process.getuid?.() ?? uid) ? await readFile(join(place, ORIGIN_FILE), 'utf8') : undefined
  } catch {
    return undefined
  }
}

/** Brings what a run has left in its first folder to the other one, and leaves there where it is. Never throws. */
export async function moveTo(elsewhere: string, folder: string): Promise<void> {
  const namesIn = (path: string): Promise<string[]> => readdir(path).catch(() => [])
  const there = await namesIn(elsewhere)
  for (const name of await namesIn(folder)) {
    const from = join(folder, name)
    const copy = (): Promise<boolean> =>
      cp(from, join(elsewhere, name), { recursive: true }).then(
        () => true,
        () => false,
      )
    if (there.includes(name) || (await copy()))
      await rm(from, { force: true, recursive: true }).catch(() => undefined)
  }
  await rm(join(elsewhere, ORIGIN_FILE), { force: true }).catch(() => undefined)
  await writeFile(join(folder, MOVED_FILE), `${elsewhere}\n`, { mode: 0o600 }).catch(() => undefined)
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    (error: unknown) => (error as NodeJS.ErrnoException).code !== 'ENOENT',
  )
