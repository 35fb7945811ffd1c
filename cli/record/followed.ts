import { encodeWrite, type Labels, type Pushed } from '../prometheus/index.ts'
import { wholeBytes } from './gzipMember.ts'
import { changesIn } from './parse.ts'
import type { Reason } from './reason.ts'
import type { RecorderOptions } from './recorder.ts'
import { openRecording, type Recording } from './recording.ts'
import { createReading, type OnLine, type Reading } from './replay.ts'
import type { Recorded, Store } from './store.ts'

/** A file of series that is written elsewhere, as far as it has come here. */
export interface FollowedSeries {
  /** How many of its bytes are here. */
  readonly bytes: number
  /** Takes its next bytes, as far as they are whole. */
  take(next: Buffer): Promise<void>
}

/** A run that is recorded elsewhere, in one place or in several. */
export interface FollowedRun extends Pick<Recording, 'store' | 'timeline' | 'close'> {
  /** A further source of it. */
  source(): FollowedSeries
  readonly problems: readonly Reason[]
}

/** Follows a run into a folder, in which nothing of it lies yet. */
export async function followRecorded({
  onChanges,
  onPush,
  ...options
}: Omit<RecorderOptions, 'host' | 'port' | 'path'>): Promise<FollowedRun> {
  const recording = await openRecording(options)
  const { store } = recording
  const changed = new Set<Labels>()
  const pushOn = onPush && pushing(store, onPush)
  const onLine: OnLine = (line, _, seriesOf) => {
    const changes = changesIn(line, seriesOf)
    for (const change of changes) {
      store.replay(change)
      changed.add(change.series.labels)
    }
    recording.keep(changes)
    onChanges?.(changes)
  }
  const readings: Reading[] = []
  return {
    store,
    source() {
      const reading = createReading(store, onLine)
      readings.push(reading)
      return {
        get bytes() {
          return reading.journal().whole
        },
        async take(next) {
          // A transfer may end anywhere: what is not whole comes again.
          const whole = next.subarray(0, wholeBytes(next))
          if (whole.length === 0) return
          await reading.read(inMemory(whole))
          pushOn?.(changed)
          changed.clear()
        },
      }
    },
    get problems() {
      return [...recording.problems, ...readings.flatMap(problemsOf)]
    },
    timeline: (about) => recording.timeline(about),
    close: () => recording.close(),
  }
}

/** What cannot be read comes with each transfer. */
const problemsOf = (reading: Reading): Reason[] => [
  ...new Map(reading.journal().problems.map((one) => [one.text, one])).values(),
]

/** Pushes series on as they stand; those that are no further than before are left out, as no server takes a time twice. */
function pushing(store: Store, onPush: (body: Buffer) => void): (whose: ReadonlySet<Labels>) => void {
  const pushed = new Map<Labels, number>()
  return (whose) => {
    const further = store
      .series()
      .filter(({ labels, last }) => whose.has(labels) && last > (pushed.get(labels) ?? -Infinity))
    if (further.length === 0) return
    for (const { labels, last } of further) pushed.set(labels, last)
    onPush(Buffer.from(encodeWrite(further.map(pushedOf))))
  }
}

function pushedOf(one: Recorded): Pushed {
  const { name, labels, last: at } = one
  if (one.kind === 'histogram')
    return { name, labels, samples: [], histograms: [{ at, value: one.histogram }] }
  return {
    name,
    labels,
    samples: [{ at, value: one.kind === 'counter' ? one.total : one.value }],
    histograms: [],
  }
}

/** Bytes as a file that is read at any place. */
const inMemory = (bytes: Buffer) => ({
  read: (buffer: Buffer, offset: number, length: number, position: number) =>
    Promise.resolve({ bytesRead: bytes.copy(buffer, offset, position, position + length) }),
})
