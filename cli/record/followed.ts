import { appendFile } from 'node:fs/promises'
import { join } from 'node:path'
import { SERIES_FILE } from '../base/index.ts'
import type { Change } from './changes.ts'
import { createCurves, type Curves } from './curves.ts'
import { changesIn } from './parse.ts'
import { createReading } from './replay.ts'
import type { RecordedRun } from './recorded.ts'
import { createStore } from './store.ts'
import { timelineOf } from './timelineOf.ts'

/** The series of a run that is recorded elsewhere, as far as its file has come here. */
export interface FollowedRun extends RecordedRun {
  /** How many bytes of the file are here. */
  readonly bytes: number
  /** Takes the file's next bytes, whole lines of it, and keeps them. */
  take(next: Buffer): Promise<void>
}

/** Follows a run into a folder, in which nothing of it lies yet. */
export function followRecorded(
  folder: string,
  onChanges: (changes: readonly Change[]) => void = () => undefined,
): FollowedRun {
  const store = createStore()
  let curves: Curves | undefined
  const reading = createReading(store, (line, window, seriesOf) => {
    const changes = changesIn(line, seriesOf)
    for (const change of changes) store.replay(change)
    curves ??= createCurves(window)
    curves.add(changes)
    onChanges(changes)
  })
  return {
    store,
    get bytes() {
      return reading.journal().whole
    },
    get problems() {
      return reading.journal().problems
    },
    get until() {
      return curves?.span()?.until
    },
    timeline: (about) => timelineOf(curves ?? createCurves(1000), about),
    async take(next) {
      if (next.length === 0) return
      await appendFile(join(folder, SERIES_FILE), next, { mode: 0o600 })
      await reading.read(inMemory(next))
    },
  }
}

/** Bytes as a file that is read at any place. */
const inMemory = (bytes: Buffer) => ({
  read: (buffer: Buffer, offset: number, length: number, position: number) =>
    Promise.resolve({ bytesRead: bytes.copy(buffer, offset, position, position + length) }),
})
