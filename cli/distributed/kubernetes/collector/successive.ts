import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { openCollection, type Collection } from '../../collect/collection.ts'
import type { Member } from '../../collect/roster.ts'
import { answersOf } from './answers.ts'

/** The runs that come to one collector: a TestRun that is applied again is another run, and is kept apart. */
export interface Successive {
  /** Takes what is pushed in, into the last run. */
  readonly intake: Collection['intake']
  /** Answers about the last run. */
  readonly answer: ReturnType<typeof answersOf>
  close(): Promise<void>
}

/** Milliseconds without a push after the end of all, and without any end, from which on a push is of another run. */
const ENDED_MS = 10_000
const SILENT_MS = 1_800_000

/** Whether all that have pushed came to their end, so that whoever pushes at `now` is of another run. */
export function isOver(members: readonly Member[], now: number): boolean {
  const quiet = now - Math.max(...members.map(({ last }) => last))
  return members.length > 0 && quiet > (members.every(({ isEnded }) => isEnded) ? ENDED_MS : SILENT_MS)
}

/** Opens the runs of a collector in `folder`, the last one where it was left; each has a folder of its own. */
export async function openSuccessive(
  folder: string,
  about: Omit<Parameters<typeof openCollection>[0], 'folder'>,
  clock: () => number = Date.now,
): Promise<Successive> {
  const placeOf = (number: number): string => join(folder, String(number))
  const open = async (number: number): Promise<Collection> => {
    await mkdir(placeOf(number), { recursive: true })
    return openCollection({ ...about, folder: placeOf(number) })
  }
  await mkdir(folder, { recursive: true })
  let number = Math.max(1, ...(await readdir(folder)).map(Number).filter(Number.isInteger))
  let last = await open(number)
  let next: Collection | undefined
  let taking: Promise<unknown> = Promise.resolve()
  /** Takes a push as the first of another run: where it is none of ours, there is none. */
  const takeAnew: Collection['intake']['take'] = async (body, sender) => {
    if (!isOver(last.intake.members(), clock())) return last.intake.take(body, sender)
    next ??= await open(number + 1)
    const refusal = await next.intake.take(body, sender)
    if (refusal) return refusal
    const before = last
    ;[last, next, number] = [next, undefined, number + 1]
    await before.close()
    return undefined
  }
  return {
    intake: {
      take(body, sender) {
        if (!isOver(last.intake.members(), clock())) return last.intake.take(body, sender)
        const taken = taking.then(() => takeAnew(body, sender))
        taking = taken.catch(() => undefined)
        return taken
      },
      refuse: (refusal) => last.intake.refuse(refusal),
      members: () => last.intake.members(),
      kept: () => last.intake.kept(),
      get counts() {
        return last.intake.counts
      },
      problems: () => last.intake.problems(),
      unkept: () => last.intake.unkept(),
    },
    answer: (path, query) => answersOf(last, placeOf(number))(path, query),
    async close() {
      await last.close()
      await next?.close()
    },
  }
}
