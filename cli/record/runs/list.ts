import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { quote } from '../../../config/problem/problem.ts'
import { defined, RECORD_FILE, refusal } from '../../base/index.ts'
import { damageOf } from './damage.ts'
import { diskFolder } from './diskFolder.ts'
import { movedPlace } from './moved.ts'
import type { RunFolder } from './runFolder.ts'
import { loadedBy } from '../loadedHosts.ts'
import type { RunRecord } from '../runRecord.ts'

/** A run in a list: what tells it from others. */
export interface Listed extends Pick<
  RunRecord,
  'id' | 'suite' | 'profile' | 'environment' | 'target' | 'state' | 'verdict' | 'startedAt'
> {
  /** The most important reason. */
  reason: string
  /** Seconds; absent where the run did not end. */
  seconds?: number
  requests: number
  commit?: string
  version?: string
  folder: string
}

/** A folder whose run.json cannot be read as a record of this version. */
export interface Damaged {
  folder: string
  why: string
}

/** The runs under a folder, newest first, and what lies there damaged; what is no run is left out. */
export async function readResults(results: string): Promise<{ runs: Listed[]; damaged: Damaged[] }> {
  const names = await runNames(results)
  const read = await Promise.all(names.map((name) => listed(movedPlace(join(results, name)))))
  const found = read.filter((one) => one !== undefined)
  return {
    runs: found
      .filter((one): one is Listed => !('why' in one))
      .sort((a, b) =>
        a.startedAt === b.startedAt ? compare(b.id, a.id) : compare(b.startedAt, a.startedAt),
      ),
    damaged: found.filter((one) => 'why' in one),
  }
}

/** The runs under a folder, newest first; what is no run, or cannot be read as one, is left out. */
export const listRuns = async (results: string): Promise<Listed[]> => (await readResults(results)).runs

/** The names in a folder; none where there is none. Throws UserError where it is something else, or cannot be read. */
export async function runNames(results: string): Promise<string[]> {
  try {
    return await readdir(results)
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return []
    const fix = code === 'ENOTDIR' ? 'It is a file.' : `It cannot be read: ${code}.`
    throw refusal([
      {
        where: '--results',
        got: quote(results),
        allowed: 'a folder in which runs have left their records',
        fix,
      },
    ])
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** The record in a run's folder, or why there is none that can be read; undefined where there is no run.json. */
export async function readRecord(folder: RunFolder): Promise<RunRecord | Damaged | undefined> {
  try {
    const value = JSON.parse(await folder.text(RECORD_FILE)) as unknown
    const why = damageOf(value)
    return why === undefined ? (value as RunRecord) : { folder: folder.path, why }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    return {
      folder: folder.path,
      why: code === undefined ? `it is no JSON: ${message}` : `it cannot be read: ${code}`,
    }
  }
}

/** Whether what was read is no record. */
export const isDamaged = (read: RunRecord | Damaged): read is Damaged => 'why' in read && !('schema' in read)

async function listed(folder: string): Promise<Listed | Damaged | undefined> {
  const record = await readRecord(diskFolder(folder))
  if (record === undefined || isDamaged(record)) return record
  const { id, suite, profile, environment, state, verdict, reasons, startedAt, endedAt, totals, metadata } =
    record
  const { commit, version } = metadata ?? {}
  return {
    id,
    suite,
    profile,
    environment,
    state,
    verdict,
    reason: reasons[0]?.text ?? '',
    startedAt,
    target: loadedBy(record),
    ...(endedAt === undefined
      ? {}
      : { seconds: Math.round((Date.parse(endedAt) - Date.parse(startedAt)) / 1000) }),
    requests: totals.requests,
    ...defined({ commit, version }),
    folder,
  }
}
