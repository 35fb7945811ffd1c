import { existsSync, statSync } from 'node:fs'
import { dirname, relative, resolve, sep } from 'node:path'
import { UserError } from '../../base/index.ts'
import type { Generator } from './generator.ts'

/** Where k6 Studio keeps files, beside the folder of its generators. */
type Folder = 'Recordings' | 'Data'

/** Places where a file of a generator may be, the likeliest first. */
function placesOf(generatorPath: string, named: string, folder: Folder, isRelative: boolean): string[] {
  const here = dirname(generatorPath)
  const path = named.replaceAll('\\', '/')
  const base = path.replace(/^.*\//s, '')
  // A generator of somebody else names no file of this machine: what is beside its folder is its own.
  const own = resolve(here, path)
  const isBeside = own.startsWith(resolve(here, '..') + sep)
  const places = [
    ...(isRelative && isBeside ? [own] : []),
    resolve(here, '..', folder, base),
    resolve(here, base),
    resolve(here, folder, base),
  ]
  return [...new Set(places)]
}

const isFile = (path: string): boolean => existsSync(path) && statSync(path).isFile()

/** The recording of a generator. Throws UserError with the places where it is not. */
export function recordingOf(path: string, { recording, relative: own }: Generator, file: string): string {
  const places = placesOf(path, recording, 'Recordings', own)
  const found = places.find(isFile)
  if (found === undefined)
    throw new UserError(
      `${file}: its recording ${JSON.stringify(recording.slice(0, 200))} is in none of: ${shown(places)}. Put it there.`,
    )
  return found
}

/** A data file of a generator; undefined where it is nowhere. */
export const dataFileOf = (path: string, name: string, isRelative: boolean): string | undefined =>
  /\.(?:csv|json)$/i.test(name) ? placesOf(path, name, 'Data', isRelative).find(isFile) : undefined

const shown = (places: readonly string[]): string =>
  places.map((place) => relative(process.cwd(), place) || place).join(', ')
