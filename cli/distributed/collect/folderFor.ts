import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { quote } from '../../../config/problem/problem.ts'
import { RECORD_FILE, refusal } from '../../base/index.ts'
import { diskFolder, isDamaged, readRecord, type RunRecord } from '../../record/index.ts'
import { makeRunFolder } from '../../run/index.ts'
import { takeBack } from './takeBack.ts'

/** Where a collector writes, and the record with which it goes on. */
export interface Begun {
  readonly folder: string
  readonly started: RunRecord
}

/**
 * The folder of a collected run: a new one, or that of a collector that was killed, which goes on. Throws UserError where
 * another run has the name, or the other collector's run was of another bundle.
 */
export async function folderFor(
  results: string,
  begun: RunRecord,
  say: (line: string) => void,
): Promise<Begun> {
  const folder = join(results, begun.id)
  const before = existsSync(join(folder, RECORD_FILE)) ? await readRecord(diskFolder(folder)) : undefined
  if (before === undefined || isDamaged(before) || before.mode !== 'collect' || before.state !== 'running')
    return { folder: await makeRunFolder(results, begun.id), started: begun }
  const [now, then] = [begun.bundle.sha256, before.bundle.sha256]
  if (now !== then)
    throw refusal([
      {
        where: 'RUN_ID',
        got: `${quote(begun.id)}, whose collector took pushes of another bundle (${then.slice(0, 12)}, not ${now.slice(0, 12)})`,
        allowed: 'the same suite under the same settings, or another name',
      },
    ])
  await takeBack(folder, begun.id, say)
  say(`going on with ${folder}: what was pushed before is there`)
  return { folder, started: { ...begun, startedAt: before.startedAt } }
}
