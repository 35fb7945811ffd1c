import { accessSync, constants, lstatSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { quote } from '../../config/problem/problem.ts'
import { UserError } from '../base/index.ts'

/** Whether a suite, a preset or a script is named by its file. */
export const isFile = (name: string): boolean => /\.(?:[cm]?[jt]s|ya?ml)$/i.test(name)

/** The path of a script or suite that was named by its file. Throws UserError where it is no file that can be read. */
export function sourceFile(folder: string, name: string): string {
  const path = resolve(folder, name)
  const problem = problemOf(path)
  if (problem === undefined) return path
  throw new UserError(problem === 'nothing' ? `there is no file ${shown(name)}` : `${shown(name)} ${problem}`)
}

/** Throws UserError where a name, which is no suite's file, is something else on the disk: an archive, a folder, another file. */
export function refuseOther(folder: string, name: string): void {
  const path = resolve(folder, name)
  const problem = problemOf(path)
  if (/\.tar$/i.test(name))
    throw new UserError(
      problem === 'nothing'
        ? `there is no file ${shown(name)}`
        : `${shown(name)} is an archive: its script, options and settings are frozen. \`k6 run ${shown(name)}\` runs it; a verdict, a record and a check need the suite or script that it was made of`,
    )
  if (problem === undefined && /[./\\]/.test(name))
    throw new UserError(
      `${shown(name)} is no script: a suite or a k6 script ends in .js or .ts, a preset in .yaml`,
    )
  if (problem?.startsWith('is a folder') === true) throw new UserError(`${shown(name)} ${problem}`)
}

/** A path as a person wrote it; quoted and shortened where it is odd. */
const shown = (name: string): string => (/^[\w./\\:@+-]{1,200}$/.test(name) ? name : quote(name))

function problemOf(path: string): string | undefined {
  try {
    const about = statSync(path)
    if (about.isDirectory()) return 'is a folder: name a .js, .ts or .yaml file in it'
    if (!about.isFile()) return 'is no file'
    accessSync(path, constants.R_OK)
    return undefined
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return isLink(path) ? 'is a link to nothing' : 'nothing'
    if (code === 'ENOTDIR') return 'nothing'
    if (code === 'ELOOP') return 'is a link to itself'
    if (code === 'ENAMETOOLONG') return 'is longer than a file name may be'
    return `cannot be read: ${code ?? (error as Error).message}`
  }
}

function isLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink()
  } catch {
    return false
  }
}
