import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { UserError } from '../errors.ts'

/** The path of a file that a person named, from a folder. Throws UserError where there is none, or it is a folder. */
export function namedFile(folder: string, name: string): string {
  const path = resolve(folder, name)
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found) throw new UserError(`there is no file ${name}`)
  if (!found.isFile())
    throw new UserError(`${name} is no file, but ${found.isDirectory() ? 'a folder' : 'a device'}`)
  return path
}
