import { SERIES_FILE } from '../base/index.ts'
import type { Change } from './changes.ts'
import { createCurves } from './curves.ts'
import { openJournal } from './journal.ts'
import { problemOf } from './problems.ts'
import type { Reason } from './reason.ts'
import { type Receiver, type ReceiverOptions, startReceiver } from './receiver.ts'
import { diskFolder } from './runs/diskFolder.ts'
import { replayJournal, type ReplayedJournal } from './replay.ts'
import { createStore, type Store } from './store.ts'
import type { Timeline } from './timeline.ts'
import { type TimelineAbout, timelineOf } from './timelineOf.ts'
import { createWindows } from './windows.ts'

/** Where the series are kept, and where to listen. */
export interface RecorderOptions extends Pick<ReceiverOptions, 'host' | 'port' | 'path'> {
  /** The run's folder; what lies in it is taken up, so that a recorder may be closed and opened again. */
  readonly folder: string
  /** The length of a window, seconds; 10 unless told. */
  readonly windowSeconds?: number
  /** Gets the body of each push (Snappy) as far as it was taken in: for whoever sends it on. What it throws is a problem. */
  readonly onPush?: (body: Buffer) => void
  /** Another folder for the files, for when this one takes nothing more. */
  readonly elsewhere?: () => Promise<string | undefined>
  /** Gets what each push changed. */
  readonly onChanges?: (changes: readonly Change[]) => void
}

/** The recorder of a run. */
export interface Recorder extends Receiver {
  /** The run over time; while it is recorded without the window that still fills. */
  timeline(about?: TimelineAbout): Timeline
  /** Stops listening, and writes what is left. */
  close(): Promise<void>
}

/** How long after the first point something is written, and then how often, ms of the points' own time. */
const FIRST_FLUSH_MS = 2000
const FLUSH_INTERVAL_MS = 5000

/**
 * Listens for k6's remote write, and keeps what it says: in memory, and window by window in the run's folder. Rejects
 * if it cannot listen; what goes wrong with files is a problem, never more.
 */
export async function openRecorder({
  folder,
  windowSeconds = 10,
  onPush,
  onChanges,
  elsewhere,
  ...listening
}: RecorderOptions): Promise<Recorder> {
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
    })
  let due = -Infinity
  let closing: Promise<void> | undefined
  const keep = (changes: readonly Change[]): void => {
    if (changes.length === 0) return
    curves.add(changes)
    windows.add(changes)
    const until = curves.span()?.until ?? 0
    if (due === -Infinity) due = until + FIRST_FLUSH_MS
    if (until < due) return
    due = until + FLUSH_INTERVAL_MS
    journal?.write(windows.take(Infinity))
  }
  const receiver = await startReceiver({
    ...listening,
    store,
    onPush: (changes, body) => {
      keep(changes)
      onChanges?.(changes)
      onPush?.(body())
    },
  })
  const close = async (): Promise<void> => {
    await receiver.close()
    journal?.write(windows.take(Infinity))
    await journal?.close()
  }
  return {
    url: receiver.url,
    store,
    get problems() {
      return [...problems, ...receiver.problems]
    },
    timeline: (about) => timelineOf(curves, about, closing === undefined),
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
