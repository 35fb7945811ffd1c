import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { isLocked, QUEUE_FOLDER, UserError } from '../../base/index.ts'
import { seriesOf, unpacked } from '../../prometheus/index.ts'
import { bodyOf, entryNumber, queueLock } from './entry.ts'
import { recall, type QueueMemory } from './memory.ts'

/** A run whose samples wait. */
export interface WaitingRun {
  readonly run: string
  /** The queue's folder. */
  readonly folder: string
  readonly pushes: number
  readonly bytes: number
  /** When its first sample was taken, ms since 1970. */
  readonly from: number
  /** A living process sends it, or still adds to it. */
  readonly inUse: boolean
  readonly memory?: QueueMemory
}

/**
 * The runs under a folder of results whose samples wait, the oldest first; of one run alone, if told. Throws UserError
 * where there is no such run.
 */
export async function waitingRuns(results: string, run?: string): Promise<WaitingRun[]> {
  const names = run === undefined ? await foldersIn(results) : [run]
  if (run !== undefined && !(await isFolder(join(results, run))))
    throw new UserError(
      `there is no run ${JSON.stringify(run)} in ${results}: loadwright forward --dry-run lists what waits`,
    )
  const found = await Promise.all(names.map((name) => waitingIn(name, join(results, name, QUEUE_FOLDER))))
  return found.flat().sort((a, b) => a.from - b.from)
}

async function waitingIn(run: string, folder: string): Promise<WaitingRun[]> {
  const files = await readdir(folder).catch(() => [])
  const pushes = files.filter((file) => entryNumber(file) !== undefined).sort()
  const [first] = pushes
  if (first === undefined) return []
  const sizes = await Promise.all(
    pushes.map((file) =>
      stat(join(folder, file)).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  )
  const memory = await recall(folder)
  return [
    {
      run,
      folder,
      pushes: pushes.length,
      bytes: sizes.reduce((sum, size) => sum + size, 0),
      from: await firstTime(join(folder, first)),
      inUse: await isLocked(queueLock(folder)),
      ...(memory ? { memory } : {}),
    },
  ]
}

/** When the first sample of a push was taken; the file's own time where it cannot be read. */
async function firstTime(path: string): Promise<number> {
  try {
    const body = bodyOf(await readFile(path))
    const series = body ? seriesOf(unpacked(body)) : []
    const times = series.flatMap(({ points }) => points.map(({ at }) => at))
    if (times.length > 0) return Math.min(...times)
  } catch {
    // Below.
  }
  return stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  )
}

async function foldersIn(results: string): Promise<string[]> {
  const entries = await readdir(results, { withFileTypes: true }).catch(() => [])
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (one) => one.isDirectory(),
    () => false,
  )
