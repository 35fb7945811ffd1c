import { dirname } from 'node:path'
import { LOG_FILE } from '../base/index.ts'
import type { ConsoleLine } from '../k6/index.ts'
import { diskFolder, type Change, type RunRecord } from '../record/index.ts'
import { picturesOf, writeReports } from '../report/index.ts'
import { dropMap, keepMap, outcomeOf, withHeldRegions, type Ending } from '../verdict/index.ts'
import { dropPictures } from './dropPictures.ts'
import { homeOf, type Home } from './fallbackFolder.ts'
import { keepRecord, writeRecord } from './keepRecord.ts'
import { listen, type Listeners, type Listening, type OpenRecorder } from './listeners.ts'

/** A run that ended: its record, its folder, and the lines that the script itself wrote. */
export interface Finished {
  record: RunRecord
  folder: string
  own: readonly ConsoleLine[]
}

/** Where a run is recorded, and what listens to it. */
export interface RecordHow {
  folder: string
  /** Where baselines lie, against which regions are held. */
  baselines: string
  /** The source map of its bundle, for as long as the run lasts. */
  map?: string | undefined
  listening: Listening
  onChanges: (changes: readonly Change[]) => void
  /** Opens what records it; a recorder of one machine unless told. */
  open?: OpenRecorder
  stopped: AbortSignal
  say: (line: string) => void
  /** Gets the run as soon as its verdict and its reports are there. */
  show: (finished: Finished) => void
}

/** How a run ended, and its record as far as it was known before that. */
export interface Recorded {
  started: RunRecord
  ended: Ending
}

/**
 * Makes the record of a run, whatever happens: `work` brings the run to its end while what listens to it is there. Then
 * what is left is sent on, which the record tells too.
 */
export async function recordRun(
  started: RunRecord,
  { folder, baselines, map, listening, onChanges, open, stopped, say, show }: RecordHow,
  work: (listeners: Listeners) => Promise<Recorded>,
): Promise<Finished> {
  await writeRecord(folder, started)
  await keepMap(folder, map)
  const home = homeOf(folder, started.id, say)
  const { elsewhere } = home
  const listeners = await listen(started, listening, { folder, say, onChanges, elsewhere, open })
  try {
    const watched = home.watch(LOG_FILE, () => writeRecord(folder, started))
    const recorded = await work(listeners)
    await watched.stop()
    const finished = await gather(recorded, { listeners, folder, baselines, home, say })
    show(finished)
    const sent = await listeners.finish(stopped)
    if (Object.keys(sent).length === 0) return finished
    const whole = { ...finished.record, ...sent }
    return { ...finished, record: whole, folder: await keepRecord(finished.folder, whole, say) }
  } finally {
    await listeners.stop()
    await listeners.finish(stopped)
  }
}

/** Puts a run's record together, and writes it and the reports. */
async function gather(
  { started, ended }: Recorded,
  {
    listeners,
    folder,
    baselines,
    home,
    say,
  }: { listeners: Listeners; folder: string; baselines: string; home: Home; say: (line: string) => void },
): Promise<Finished> {
  await listeners.stop()
  const { recorder } = listeners
  const outcome = await outcomeOf(started, recorder, ended, diskFolder(folder))
  const { timeline, console } = outcome
  const places = { results: dirname(folder), baselines }
  const record = recorder
    ? await withHeldRegions(outcome.record, { store: recorder.store, folder: diskFolder(folder), places })
    : outcome.record
  const place = await keepRecord(folder, record, say, home)
  await dropMap(place)
  await dropPictures(place, record)
  const pictures = await picturesOf(record, diskFolder(place))
  const problems = await writeReports(place, { record, pictures, ...(timeline ? { timeline } : {}) })
  for (const problem of problems) say(problem)
  listeners.tell({ record, ...(timeline ? { timeline } : {}) })
  return { record, folder: place, own: console.own }
}
