import { mkdir, readdir, readFile, rm, stat, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { QUEUE_FOLDER, atomicWrite } from '../../base/index.ts'
import { bodyOf, entryBytes, fileOf, entryNumber } from './entry.ts'

/** A push that waits. */
export interface Waiting {
  readonly number: number
  /** Bytes of the push. */
  size: number
  /** The push itself, as long as the disk does not have it. */
  body?: Buffer
  /** Where it lies, where that is not the queue's own folder. */
  place?: string
}

/** Pushes on disk, in their order: one file each, so that a crash can cost no more than the last one. */
export interface Queue {
  /** The oldest first. */
  readonly waiting: readonly Waiting[]
  /** Bytes of all. */
  size(): number
  /** Bytes of those that the disk did not take yet. */
  unsaved(): number
  /** Adds a push: at once in memory, in order on disk. */
  add(body: Buffer): void
  /** A waiting push; undefined where it cannot be read (any more), and then it waits no more. */
  read(one: Waiting): Promise<Buffer | undefined>
  /** Takes one out, which was delivered. */
  remove(one: Waiting): void
  /** Puts another push in the place of one: what is left of it. */
  replace(one: Waiting, body: Buffer): void
  /** Resolves when the disk has everything that it takes; what it did not take before is offered once more. */
  settled(): Promise<void>
  /** Takes one out that holds nothing that could be sent. */
  lose(one: Waiting): void
  /** Pushes that were lost so far: damaged, or more than memory bears while the disk takes nothing. */
  readonly lost: () => number
  /** Where pushes went that the queue's folder did not take, if any did. */
  readonly other: () => string | undefined
  /** Why the disk takes nothing, if it does not. */
  readonly failure: () => string | undefined
}

const held = ({ body }: Waiting): Buffer | undefined => body
const sizeOf = (some: readonly Waiting[]): number => some.reduce((sum, { size }) => sum + size, 0)

/** Bytes of pushes kept in memory while the disk takes none. */
const MAX_MEMORY_BYTES = 32 * 1024 * 1024

/**
 * Opens the queue in a folder, which is made where it is missing; where it takes nothing, pushes go `elsewhere`, if there is
 * a folder for a run's files, else they wait in memory.
 */
export async function openQueue(
  folder: string,
  elsewhere?: () => Promise<string | undefined>,
): Promise<Queue> {
  let failure: string | undefined
  let other: string | undefined
  const former = await found(folder).catch((error: unknown): Former => {
    failure = (error as Error).message
    return { waiting: [], damaged: 0 }
  })
  const { waiting } = former
  let next = (waiting.at(-1)?.number ?? 0) + 1
  let lost = former.damaged
  let work = Promise.resolve()
  const then = (job: () => Promise<unknown>): void => {
    work = work.then(job).then(
      () => undefined,
      (error: unknown) => void (failure = (error as Error).message),
    )
  }
  const pathOf = ({ number, place = folder }: Waiting): string => join(place, fileOf(number))
  const drop = (one: Waiting): void => {
    const at = waiting.indexOf(one)
    if (at >= 0) waiting.splice(at, 1)
  }
  const save = async (one: Waiting, bytes: Buffer): Promise<void> => {
    const write = async (): Promise<void> => {
      // Somebody may have removed the run's folder meanwhile.
      await mkdir(one.place ?? folder, { recursive: true, mode: 0o700 })
      await atomicWrite(pathOf(one), bytes, { mode: 0o600, sync: false })
    }
    if (other !== undefined) one.place ??= other
    try {
      await write()
    } catch (error) {
      const home = one.place === undefined ? await elsewhere?.() : undefined
      if (home === undefined) throw error
      one.place = other = join(home, QUEUE_FOLDER)
      await write()
    }
  }
  /** To a neighbour first: what lies there already is never half overwritten. */
  const put = (one: Waiting): void =>
    then(async () => {
      const { body } = one
      if (!body || !waiting.includes(one)) return
      await save(one, entryBytes(body))
      if (one.body === body) delete one.body
      failure = undefined
    })
  const relieve = (): void => {
    const held = waiting.filter(({ body }) => body)
    let bytes = sizeOf(held)
    for (const one of held) {
      if (bytes <= MAX_MEMORY_BYTES) return
      bytes -= one.size
      lost++
      drop(one)
    }
  }

  const lose = (one: Waiting): void => {
    if (!waiting.includes(one)) return
    lost++
    drop(one)
    then(() => rm(pathOf(one), { force: true }))
  }

  return {
    waiting,
    size: () => sizeOf(waiting),
    unsaved: () => sizeOf(waiting.filter(held)),
    add(body) {
      const one: Waiting = { number: next++, size: body.length, body }
      waiting.push(one)
      put(one)
      relieve()
    },
    async read(one) {
      const body = held(one) ?? (await readFile(pathOf(one)).then(bodyOf, () => undefined))
      if (body ?? held(one)) return held(one) ?? body
      lose(one)
      return undefined
    },
    lose,
    remove(one) {
      drop(one)
      then(() => rm(pathOf(one), { force: true }))
    },
    replace(one, body) {
      one.body = body
      one.size = body.length
      put(one)
    },
    settled() {
      for (const one of waiting.filter(({ body }) => body)) put(one)
      return work
    },
    lost: () => lost,
    other: () => other,
    failure: () => failure,
  }
}

/** What a former process left, and how many of its entries are damaged. */
interface Former {
  waiting: Waiting[]
  damaged: number
}

/** What a former process left: whole entries, in order. What it did not finish goes; a last one that is not whole counts. */
async function found(folder: string): Promise<Former> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const files = (await readdir(folder)).sort()
  const waiting: Waiting[] = []
  for (const file of files) {
    const number = entryNumber(file)
    const path = join(folder, file)
    if (file.endsWith('.part')) await unlink(path)
    if (number === undefined) continue
    waiting.push({ number, size: (await stat(path)).size })
  }
  const last = waiting.at(-1)
  if (last && bodyOf(await readFile(join(folder, fileOf(last.number)))) === undefined) {
    await unlink(join(folder, fileOf(last.number)))
    waiting.pop()
    return { waiting, damaged: 1 }
  }
  return { waiting, damaged: 0 }
}
