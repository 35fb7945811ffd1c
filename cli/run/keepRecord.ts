import { existsSync } from 'node:fs'
import { mkdir, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { quote } from '../../config/problem/problem.ts'
import { atomicWrite, makeFolder, RECORD_FILE, refusal, UserError } from '../base/index.ts'
import type { RunRecord } from '../record/index.ts'
import { moveTo, type Home } from './fallbackFolder.ts'

/**
 * Makes the folder of a run, for its owner alone. Throws UserError where a run of that id lies there, or the file
 * system does not let it.
 */
export async function makeRunFolder(results: string, id: string): Promise<string> {
  const folder = join(results, id)
  if (relative(process.cwd(), folder).includes(','))
    throw refusal([
      {
        where: '--results',
        got: quote(results),
        allowed: 'a folder without a comma in its path',
        fix: 'k6 divides its --log-output there.',
      },
    ])
  try {
    await makeFolder(results)
    await mkdir(folder, { mode: 0o700 })
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    throw refusal([
      code === 'EEXIST' && existsSync(folder)
        ? { where: 'RUN_ID', got: quote(id), allowed: `a name that no run in ${results} has yet` }
        : {
            where: '--results',
            got: quote(results),
            allowed: 'a folder that can be written to',
            fix: `It cannot: ${message}`,
          },
    ])
  }
  return folder
}

/** Writes `run.json` atomically. Throws UserError if it cannot be written. */
export async function writeRecord(folder: string, record: RunRecord): Promise<void> {
  try {
    await write(folder, record)
  } catch (error) {
    throw new UserError(`the record cannot be written: ${(error as Error).message}`)
  }
}

/**
 * Writes `run.json` atomically, after the run, and returns its folder: a temporary one if the disk does not
 * take it, so that no measurement is lost. Prints problems, and never throws.
 */
export async function keepRecord(
  folder: string,
  record: RunRecord,
  say: (line: string) => void,
  home?: Home,
): Promise<string> {
  try {
    const moved = await home?.moved()
    if (moved !== undefined) {
      await write(moved, record)
      await moveTo(moved, folder)
      return moved
    }
    await write(folder, record)
    return folder
  } catch (error) {
    const problem = `the record cannot be written to ${folder}: ${(error as Error).message}`
    try {
      const elsewhere = home ? await home.elsewhere() : await mkdtemp(join(tmpdir(), `${record.id}-`))
      if (elsewhere === undefined) throw error
      await write(elsewhere, record)
      await moveTo(elsewhere, folder)
      say(`${problem}; it is in ${elsewhere}`)
      return elsewhere
    } catch {
      say(`${problem}, and nowhere else: this output is the only record`)
      return folder
    }
  }
}

const write = (folder: string, record: RunRecord): Promise<void> =>
  atomicWrite(join(folder, RECORD_FILE), `${JSON.stringify(record, undefined, 2)}\n`)
