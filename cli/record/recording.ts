import { SERIES_FILE } from '../base/index.ts'
import type { Change } from './changes.ts'
import { createCurves } from './curves.ts'
import { openJournal } from './journal.ts'
import { problemOf } from './problems.ts'
import type { Reason } from './reason.ts'
import { diskFolder } from './runs/diskFolder.ts'
import { replayJournal, type ReplayedJournal } from './replay.ts'
import { createStore, type Store } from './store.ts'
import type { Timeline } from './timeline.ts'
import { type TimelineAbout, timelineOf } from './timelineOf.ts'
import { createWindows } from './windows.ts'

/** Where the series are kept. */
export interface RecordingOptions {
  /** The run's folder; what lies in it is taken up, so that a recording may be closed and opened again. */
  readonly folder: string
  /** The length of a window, seconds; 10 unless told. */
  readonly windowSeconds?: number
  /** Another folder for the files, for when this one takes nothing more. */
  readonly elsewhere?: () => Promise<string | undefined>
}

/** The series of a run, in memory and, window by window, in the run's folder. */
export interface Recording {
  readonly store: Store
  /** What could not be read or written. */
  readonly problems: readonly Reason[]
  /** Keeps what a push changed in the store; now and then something is written. */
  keep(changes: readonly Change[]): void
  /** The run over time; while it is recorded without the window that still fills. */
  timeline(about?: TimelineAbout): Timeline
  /** Writes all that was kept; resolves with whether the file has it. */
  flush(): Promise<boolean>
  /** Writes what is left, and ends. */
  close(): Promise<void>
}

/** How long after the first point something is written, and then how often, ms of the points' own time. */
const FIRST_FLUSH_MS = 2000
const FLUSH_INTERVAL_MS = 5000

/** Opens the recording in a run's folder; what goes wrong with files is a problem, never more. */
export async function openRecording({
  folder,
  windowSeconds = 10,
  elsewhere,
}: RecordingOptions): Promise<Recording> {
  const window = windowSeconds * 1000
  const store = createStore()
  const curves = createCurves(window)
  const windows = createWindows(window)
  const problems: Reason[] = []
  const before = await takeUp(folder, store, (changes) => curves.add(changes), problems)
  const journal =
    before &&
    openJournal({
      folder,
      window,
      named: before.named,
      whole: before.whole,
      elsewhere,
      onFailure: ({ message }) =>
        problems.push(
          problemOf(
            'series-not-written',
            `The record's series cannot be written: ${message}. The figures in run.json are whole, its charts end here.`,
            { why: message },
          ),
        ),
      onRecovery: () =>
        problems.splice(
          problems.findIndex(({ code }) => code === 'series-not-written'),
          1,
        ),
    })
  let due = -Infinity
  let closing: Promise<void> | undefined
  const flush = async (): Promise<boolean> => (await journal?.write(windows.take(Infinity))) ?? false
  const close = async (): Promise<void> => {
    await flush()
    await journal?.close()
  }
  return {
    store,
    problems,
    keep(changes) {
      if (changes.length === 0) return
      curves.add(changes)
      windows.add(changes)
      const until = curves.span()?.until ?? 0
      if (due === -Infinity) due = until + FIRST_FLUSH_MS
      if (until < due) return
      due = until + FLUSH_INTERVAL_MS
      void flush()
    },
    timeline: (about) => timelineOf(curves, about, closing === undefined),
    flush,
    close: () => (closing ??= close()),
  }
}

/** What lies in the folder already; undefined where it is there and cannot be read: then nothing is written over it. */
async function takeUp(
  folder: string,
  store: Store,
  onChanges: (changes: readonly Change[]) => void,
  problems: Reason[],
): Promise<Pick<ReplayedJournal, 'named' | 'whole'> | undefined> {
  try {
    const before = await replayJournal(diskFolder(folder), store, onChanges)
    problems.push(...(before?.problems ?? []))
    return before ?? { named: new Map(), whole: 0 }
  } catch (error) {
    const { message } = error as Error
    problems.push(
      problemOf(
        'series-not-read',
        `What was recorded before (${SERIES_FILE}) cannot be read: ${message}. The figures in run.json are whole, its charts end here.`,
        { why: message },
      ),
    )
    return undefined
  }
}
