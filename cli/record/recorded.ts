import { createCurves, type Curves } from './curves.ts'
import type { Reason } from './reason.ts'
import { takeLogged } from './pushLog.ts'
import { replayJournal, replayLines, USUAL_WINDOW_MS, type OnLine } from './replay.ts'
import type { RunFolder } from './runs/runFolder.ts'
import { createSums } from './sums.ts'
import { createStore, type Store } from './store.ts'
import type { Timeline } from './timeline.ts'
import { type TimelineAbout, timelineOf } from './timelineOf.ts'

/** The series of a run, as far as they were written. */
export interface RecordedRun {
  readonly store: Store
  timeline(about?: TimelineAbout): Timeline
  /** When the last sample was taken, ms since 1970; undefined where there is none. */
  readonly until: number | undefined
  /** What could not be read. */
  readonly problems: readonly Reason[]
}

/**
 * Reads the series of a run's folder, whether the run has ended or not; undefined where none were written, or the file
 * cannot be read at all.
 */
export async function readRecorded(folder: RunFolder): Promise<RecordedRun | undefined> {
  const store = createStore()
  let curves: Curves | undefined
  const replayed = await replayJournal(folder, store, (changes, window) => {
    curves ??= createCurves(window)
    curves.add(changes)
  }).catch(() => undefined)
  // A collector that was killed has acknowledged more than its series' file has.
  const logged = await takeLogged(folder.path, store, (changes) => {
    curves ??= createCurves(USUAL_WINDOW_MS)
    curves.add(changes)
  }).catch(() => 0)
  if (!replayed && logged === 0) return undefined
  const all = curves ?? createCurves(1000)
  return {
    store,
    timeline: (about) => timelineOf(all, about),
    until: all.span()?.until,
    problems: replayed?.problems ?? [],
  }
}

/** The state of a run's series alone, without its course, in a third of the time; undefined as for {@link readRecorded}. */
export async function readStore(folder: RunFolder): Promise<Store | undefined> {
  const store = createStore()
  const sums = createSums()
  const add: OnLine = (line, _, seriesOf) => sums.add(line, seriesOf)
  const replayed = await replayLines(folder, store, add).catch(() => undefined)
  if (!replayed) return undefined
  for (const change of sums.all()) store.replay(change)
  return store
}
