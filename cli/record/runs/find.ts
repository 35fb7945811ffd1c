import { existsSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { nearest } from '../../../config/problem/nearest.ts'
import { quote } from '../../../config/problem/problem.ts'
import { RECORD_FILE, refusal } from '../../base/index.ts'
import { listRuns } from './list.ts'
import { movedPlace } from './moved.ts'

/**
 * The folder of a run: the newest one for `latest` or nothing, else by its id, the beginning of an id that no other has,
 * its folder or its run.json. Throws UserError where there is none, or more than one.
 */
export async function findRun(results: string, name = 'latest'): Promise<string> {
  const place = basename(name) === RECORD_FILE ? dirname(name) : name
  if (/[/\\]/.test(place) || place === '.') {
    const folder = movedPlace(place)
    if (existsSync(join(folder, RECORD_FILE)) && statSync(folder).isDirectory()) return folder
    throw refusal([{ where: 'run', got: quote(name), allowed: 'a folder with a run.json in it' }])
  }
  const runs = await listRuns(results)
  if (runs.length === 0)
    throw refusal([
      {
        where: '--results',
        got: quote(results),
        allowed: 'a folder in which runs have left their records',
        fix: 'Make a run first: loadwright run.',
      },
    ])
  const [newest] = runs
  if (name === 'latest' && newest) return newest.folder
  const exact = runs.find(({ id }) => id === name)
  if (exact) return exact.folder
  const begun = runs.filter(({ id }) => id.startsWith(name))
  if (begun.length === 1 && begun[0]) return begun[0].folder
  const ids = runs.map(({ id }) => id)
  const meant = nearest(name, ids)
  throw refusal([
    {
      where: 'run',
      got: quote(name),
      allowed:
        begun.length > 1
          ? `one of the ${begun.length} whose ids begin so`
          : 'latest, or the id of a run (see loadwright runs)',
      ...(begun.length > 1
        ? {
            fix: `Write more of it: ${begun
              .slice(0, 3)
              .map(({ id }) => id)
              .join(', ')}.`,
          }
        : meant === undefined
          ? {}
          : { fix: `Did you mean ${meant}?` }),
    },
  ])
}
