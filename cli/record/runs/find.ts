import { existsSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { nearest } from '../../../config/problem/nearest.ts'
import { quote } from '../../../config/problem/problem.ts'
import { RECORD_FILE, refusal } from '../../base/index.ts'
import { readResults, type Damaged } from './list.ts'
import { movedPlace } from './moved.ts'

/**
 * The folder of a run: the newest one for `latest` or nothing, else by its id, the beginning of an id that no other has,
 * its folder or its run.json. Throws UserError where there is none, or more than one, or where the newest is damaged.
 */
export async function findRun(results: string, name = 'latest'): Promise<string> {
  const place = basename(name) === RECORD_FILE ? dirname(name) : name
  if (/[/\\]/.test(place) || place === '.') {
    const folder = movedPlace(place)
    if (existsSync(join(folder, RECORD_FILE)) && statSync(folder).isDirectory()) return folder
    throw refusal([{ where: 'run', got: quote(name), allowed: 'a folder with a run.json in it' }])
  }
  const { runs, damaged } = await readResults(results)
  const [newest] = runs
  if (name === 'latest') refuseNewer(damaged, newest?.startedAt)
  if (newest === undefined)
    throw refusal([
      {
        where: '--results',
        got: quote(results),
        allowed: 'a folder in which runs have left their records',
        fix: 'Make a run first: loadwright run.',
      },
    ])
  if (name === 'latest') return newest.folder
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

/** A run that began later, and whose record cannot be read, is not passed over: an older one says nothing of it. */
function refuseNewer(damaged: readonly Damaged[], startedAt: string | undefined): void {
  const newer = damaged.filter(
    ({ folder }) => startedAt === undefined || begunAt(folder) >= Date.parse(startedAt),
  )
  if (newer.length > 0)
    throw refusal(
      newer.map(({ folder, why }) => ({
        where: 'latest',
        got: `a run whose record cannot be read: ${folder}: ${why}`,
        allowed: 'a run with a whole record',
        fix: 'Name the run that you mean, or move that folder away.',
      })),
    )
}

/** When a run began whose record does not tell (Unix time, ms): by its folder's name, else by the time of its record. */
function begunAt(folder: string): number {
  const [, day = '', time = ''] = /-(\d{8})T(\d{6})-[0-9a-f]{4}$/.exec(folder) ?? []
  if (day === '') return statSync(join(folder, RECORD_FILE)).mtimeMs
  const parts = [day.slice(0, 4), day.slice(4, 6), day.slice(6)].join('-')
  return Date.parse(`${parts}T${time.slice(0, 2)}:${time.slice(2, 4)}:${time.slice(4)}Z`)
}
