import { existsSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { dirname, relative } from 'node:path'
import { quote } from '../../config/problem/problem.ts'
import { atomicWrite, makeFolder, refusal, UserError } from '../base/index.ts'

/** Throws UserError where what `--out` names, if anything, is no source of a suite. */
export function refuseOut(place: string | undefined): void {
  if (place !== undefined && !place.endsWith('.ts'))
    throw refusal([{ where: '--out', got: quote(place), allowed: 'a file that ends in .ts' }])
}

/** What is said of a file that is there already; `flag` is what gives another name. */
export const thereAlready = (path: string, flag: '--out' | '--name' = '--out'): UserError =>
  new UserError(
    `${relative(process.cwd(), path)} is there already: name another ${flag === '--out' ? 'file by --out' : 'suite by --name'}, or give --force`,
  )

/** Writes a file with the folders that it needs; over one that is there only by `force`. Throws UserError where one is. */
export async function writeNew(path: string, text: string, force: boolean): Promise<void> {
  await makeFolder(dirname(path)).catch((error: unknown) => {
    throw new UserError(`--out: ${relative('.', path)} cannot be written: ${(error as Error).message}`)
  })
  if (force) {
    await atomicWrite(path, text)
    return
  }
  // The empty file is this one's: nobody else makes it meanwhile.
  await writeFile(path, '', { flag: 'wx' }).catch((error: unknown) => {
    if (existsSync(path)) throw thereAlready(path)
    throw error
  })
  await atomicWrite(path, text).catch(async (error: unknown) => {
    await rm(path, { force: true })
    throw error
  })
}

/** Writes files that belong together as {@link writeNew} does: where one cannot be written, none that is new stays. */
export async function writeAllNew(
  files: readonly { path: string; text: string }[],
  force: boolean,
): Promise<void> {
  const written: string[] = []
  try {
    for (const { path, text } of files) {
      await writeNew(path, text, force)
      written.push(path)
    }
  } catch (error) {
    if (!force) for (const path of written) await rm(path, { force: true })
    throw error
  }
}
