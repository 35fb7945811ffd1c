import { mkdir, mkdtemp, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Bytes that a run's files may need: a record of ten minutes is 1 MB, reports and k6's figures as much again. */
const NEEDED_BYTES = 16 * 1024 * 1024

/** Where run folders can be made, and what to say where that is not the folder that was asked for. */
export interface Room {
  results: string
  warning?: string
}

/**
 * The folder for results, or a temporary one where its disk is full: k6 says nothing where it cannot write its figures,
 * and without them there is no verdict.
 */
export async function roomIn(results: string): Promise<Room> {
  const free = await freeIn(results)
  if (free === undefined || free >= NEEDED_BYTES) return { results }
  const elsewhere = await mkdtemp(join(tmpdir(), 'loadwright-results-')).catch(() => undefined)
  const there = elsewhere === undefined ? undefined : await freeIn(elsewhere)
  const full = `the disk of ${results} has only ${Math.floor(free / 1024)} KiB of space left`
  if (elsewhere === undefined || there === undefined || there <= free)
    return { results, warning: `${full}: what does not fit into it is lost` }
  return { results: elsewhere, warning: `${full}: this run's record is written to ${elsewhere} instead` }
}

/** Free bytes where a folder is or will be; undefined where nobody can tell. */
async function freeIn(folder: string): Promise<number | undefined> {
  try {
    await mkdir(folder, { recursive: true })
    const { bavail, bsize } = await statfs(folder)
    return bavail * bsize
  } catch {
    return undefined
  }
}
