import { join } from 'node:path'
import { SERIES_FILE, writePart } from '../base/index.ts'
import type { Change } from './changes.ts'
import { createCurves, type Curves } from './curves.ts'
import { changesIn } from './parse.ts'
import { wholeBytes } from './gzipMember.ts'
import { createReading } from './replay.ts'
import type { RecordedRun } from './recorded.ts'
import { createStore } from './store.ts'
import { timelineOf } from './timelineOf.ts'

/** The series of a run that is recorded elsewhere, as far as its file has come here. */
export interface FollowedRun extends RecordedRun {
  /** How many bytes of the file are here. */
  readonly bytes: number
  /** Takes the file's next bytes, as far as they are whole, and keeps them. */
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
      // What cannot be read comes with each transfer.
      return [...new Map(reading.journal().problems.map((one) => [one.text, one])).values()]
    },
    get until() {
      return curves?.span()?.until
    },
    timeline: (about) => timelineOf(curves ?? createCurves(1000), about),
    async take(next) {
      // A transfer may end anywhere: what is not whole comes again.
      const whole = next.subarray(0, wholeBytes(next))
      if (whole.length === 0) return
      await writePart(join(folder, SERIES_FILE), whole, reading.journal().whole)
      await reading.read(inMemory(whole))
    },
  }
}

/** Bytes as a file that is read at any place. */
const inMemory = (bytes: Buffer) => ({
  read: (buffer: Buffer, offset: number, length: number, position: number) =>
    Promise.resolve({ bytesRead: bytes.copy(buffer, offset, position, position + length) }),
})
