import { defined } from '../base/index.ts'
import type { Change } from './changes.ts'
import { type Receiver, type ReceiverOptions, startReceiver } from './receiver.ts'
import { openRecording, type Recording, type RecordingOptions } from './recording.ts'

/** Where the series are kept, and where to listen. */
export interface RecorderOptions extends RecordingOptions, Pick<ReceiverOptions, 'host' | 'port' | 'path'> {
  /** Gets the body of each push (Snappy) as far as it was taken in: for whoever sends it on. What it throws is a problem. */
  readonly onPush?: (body: Buffer) => void
  /** Gets what each push changed. */
  readonly onChanges?: (changes: readonly Change[]) => void
}

/** The recorder of a run. */
export interface Recorder extends Receiver, Pick<Recording, 'timeline'> {
  /** Stops listening, and writes what is left. */
  close(): Promise<void>
}

/**
 * Listens for k6's remote write, and keeps what it says: in memory, and window by window in the run's folder. Rejects
 * if it cannot listen; what goes wrong with files is a problem, never more.
 */
export async function openRecorder({
  folder,
  windowSeconds,
  elsewhere,
  onPush,
  onChanges,
  ...listening
}: RecorderOptions): Promise<Recorder> {
  const recording = await openRecording({ folder, ...defined({ windowSeconds, elsewhere }) })
  const receiver = await startReceiver({
    ...listening,
    store: recording.store,
    onPush: (changes, body) => {
      recording.keep(changes)
      onChanges?.(changes)
      onPush?.(body())
    },
  })
  return {
    url: receiver.url,
    store: recording.store,
    get problems() {
      return [...recording.problems, ...receiver.problems]
    },
    timeline: (about) => recording.timeline(about),
    async close() {
      await receiver.close()
      await recording.close()
    },
  }
}
