import { mkdtemp, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeFolder } from '../base/index.ts'

/** Bytes that a run's files may need: a record of ten minutes is 1 MB, reports and k6's figures as much again. */
const NEEDED_BYTES = 16 * 1024 * 1024

/** The folder in which run folders are made, and a warning if it is not the given one. */
export interface Room {
  results: string
  warning?: string
}

/**
 * The folder for results, or a temporary one if its disk is full: k6 prints no error if it cannot write its summary,
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

/** Free bytes on the disk of a folder, which is made if missing; undefined if unknown. */
async function freeIn(folder: string): Promise<number | undefined> {
  try {
    await makeFolder(folder)
    const { bavail, bsize } = await statfs(folder)
    return bavail * bsize
  } catch {
    return undefined
  }
}
