import { copyFile, mkdir, open, readdir, rm, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { RecordError } from '../prometheus/index.ts'
import { createPushReader, type Push } from './push.ts'
import type { Change } from './changes.ts'
import type { Store } from './store.ts'

/** Pushes that were acknowledged and may not be in the series' file yet: they outlive a collector that is killed. */
export interface PushLog {
  /** Appends the body of a push; resolves when the file has it, rejects where the disk does not take it. */
  append(body: Buffer): Promise<void>
  /** Begins another file; `drop` removes those before, once the series' file has what they hold. */
  rotate(): Promise<{ drop(): Promise<void> }>
  close(): Promise<void>
}

/** The folder in a run's where pushes wait until the series' file has them. */
export const PUSHES_FOLDER = 'pushes'

/** A file of pushes: for each its length (4 bytes, little-endian), then its body. */
const NAME = /^pushes-(\d+)\.bin$/
const LENGTH_BYTES = 4

/** Opens the log in a folder, behind what lies there. */
export async function openPushLog(folder: string): Promise<PushLog> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  let number = Math.max(0, ...(await numbersIn(folder)))
  let file: LogFile | undefined
  let last: Promise<unknown> = Promise.resolve()
  /** One after the other: bytes of two pushes never mix. */
  const then = <T>(work: () => Promise<T>): Promise<T> => {
    const done = last.then(work)
    last = done.catch(() => undefined)
    return done
  }
  const current = async (): Promise<LogFile> => (file ??= await openLogFile(join(folder, nameOf(++number))))
  return {
    append: (body) => then(async () => (await current()).append(body)),
    rotate: () =>
      then(async () => {
        await file?.close()
        file = undefined
        const before = number
        return {
          async drop() {
            for (const one of await numbersIn(folder))
              if (one <= before) await rm(join(folder, nameOf(one)), { force: true })
          },
        }
      }),
    close: () =>
      then(async () => {
        await file?.close()
        file = undefined
      }),
  }
}

/** The pushes that a log holds, oldest first; a last one that was cut short was never acknowledged, and is left out. */
async function* loggedPushes(folder: string): AsyncGenerator<Buffer> {
  for (const number of await numbersIn(folder)) {
    const file = await open(join(folder, nameOf(number)), 'r')
    try {
      yield* pushesIn(file)
    } finally {
      await file.close()
    }
  }
}

/**
 * Takes into a store what the log in a run's folder holds, and tells what each push changed: they are cumulative, so
 * what the series' file has already adds nothing. Gives how many there were.
 */
export async function takeLogged(
  folder: string,
  store: Store,
  onPush: (changes: readonly Change[], push: Push) => void,
): Promise<number> {
  const readPush = createPushReader()
  let count = 0
  for await (const body of loggedPushes(join(folder, PUSHES_FOLDER))) {
    try {
      const push = readPush(body)
      onPush(store.add(push.series), push)
      count++
    } catch (error) {
      // It was refused when it came, too.
      if (!(error instanceof RecordError)) throw error
    }
  }
  return count
}

/** Copies the pushes that the log in one run's folder holds behind those of another's. */
export async function copyPushes(from: string, to: string): Promise<void> {
  const [source, target] = [join(from, PUSHES_FOLDER), join(to, PUSHES_FOLDER)]
  await mkdir(target, { recursive: true, mode: 0o700 })
  let number = Math.max(0, ...(await numbersIn(target)))
  for (const one of await numbersIn(source))
    await copyFile(join(source, nameOf(one)), join(target, nameOf(++number)))
}

const nameOf = (number: number): string => `pushes-${number}.bin`

async function numbersIn(folder: string): Promise<number[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  })
  return names
    .flatMap((name) => NAME.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b)
}

interface LogFile {
  append(body: Buffer): Promise<void>
  close(): Promise<void>
}

async function openLogFile(path: string): Promise<LogFile> {
  const file = await open(path, 'ax', 0o600)
  /** Bytes that are whole. */
  let good = 0
  return {
    async append(body) {
      const length = Buffer.alloc(LENGTH_BYTES)
      length.writeUInt32LE(body.length)
      try {
        await file.appendFile(Buffer.concat([length, body]))
        good += LENGTH_BYTES + body.length
      } catch (error) {
        await file.truncate(good).catch(() => undefined)
        throw error
      }
    },
    close: () => file.close(),
  }
}

async function* pushesIn(file: FileHandle): AsyncGenerator<Buffer> {
  const { size } = await file.stat()
  for (let at = 0; at + LENGTH_BYTES <= size;) {
    const head = await file.read(Buffer.alloc(LENGTH_BYTES), 0, LENGTH_BYTES, at)
    const length = head.buffer.readUInt32LE()
    at += LENGTH_BYTES
    if (at + length > size) return
    yield (await file.read(Buffer.alloc(length), 0, length, at)).buffer
    at += length
  }
}
