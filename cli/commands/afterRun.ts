import { diskFolder } from '../record/index.ts'
import { linksOf, runNotice } from '../report/index.ts'
import type { Finished } from '../run/index.ts'
import { runIn, type Places } from '../verdict/index.ts'
import { abortable } from './abort.ts'
import { comparedLine } from './compared.ts'
import type { Notifier } from './notified.ts'
import { out } from './output.ts'
import { tellOfRun, USUAL_FILES } from './tellOfRun.ts'

/** A run that this command has made. */
type Made = Pick<Finished, 'record' | 'folder'>

/** Prints how a run compares with those before it, where there is something to print. */
export async function printCompared({ folder }: Made, places: Places): Promise<void> {
  const compared = await comparedLine(await runIn(diskFolder(folder)), places)
  if (compared !== undefined) out(compared)
}

/** Tells how a run ended, where there is somebody to tell and something to say. Never throws. */
export async function tellOfMade(
  { record, folder }: Made,
  notifier: Notifier,
  { results }: Pick<Places, 'results'>,
): Promise<void> {
  const run = { record, folder: diskFolder(folder) }
  const notice = () => runNotice(record, linksOf(record, process.env))
  await abortable((signal) =>
    tellOfRun({ run, verdict: record.verdict, notice, signal }, notifier, { results, ...USUAL_FILES }),
  )
}
