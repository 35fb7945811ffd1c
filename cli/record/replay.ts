import { SERIES_FILE } from '../base/index.ts'
import type { Change, Identity } from './changes.ts'
import { members } from './gzipMember.ts'
import type { WindowLine } from './lines.ts'
import { changesIn, parseLine } from './parse.ts'
import { problemOf } from './problems.ts'
import type { Reason } from './reason.ts'
import type { OpenedFile, RunFolder } from './runs/runFolder.ts'
import type { Store } from './store.ts'

/** What a file of series held. */
export interface ReplayedJournal {
  /** The length of its windows, ms; undefined where nothing says it. */
  readonly window?: number
  /** Its series by id. */
  readonly named: ReadonlyMap<number, Identity>
  /** Number of bytes that can be read. */
  readonly whole: number
  /** What could not be read. */
  readonly problems: readonly Reason[]
}

/**
 * Reads the series of a run's folder into a store, line by line, and tells each change; undefined where there is no
 * such file. Throws what the file system throws.
 */
export function replayJournal(
  folder: RunFolder,
  store: Store,
  onWindow: (changes: readonly Change[], window: number) => void = () => undefined,
): Promise<ReplayedJournal | undefined> {
  return replayLines(folder, store, (line, window, seriesOf) => {
    const changes = changesIn(line, seriesOf)
    for (const change of changes) store.replay(change)
    onWindow(changes, window)
  })
}

/** Told each window of a file as it stands there, the length of windows (ms), and the series that its ids are. */
export type OnLine = (
  line: WindowLine,
  window: number,
  seriesOf: (id: number) => Identity | undefined,
) => void

/** Reads the series of a run's folder as {@link replayJournal} does, but leaves to `onLine` what becomes of windows. */
export async function replayLines(
  folder: RunFolder,
  store: Store,
  onLine: OnLine,
): Promise<ReplayedJournal | undefined> {
  const file = await folder.open(SERIES_FILE).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  })
  if (!file) return undefined
  try {
    return await replay(file, store, onLine)
  } finally {
    await file.close()
  }
}

/** Of a file that does not say it, the length of a window, ms. */
export const USUAL_WINDOW_MS = 10_000

async function replay(file: OpenedFile, store: Store, onLine: OnLine): Promise<ReplayedJournal> {
  const reading = createReading(store, onLine)
  await reading.read(file)
  return reading.journal()
}

/** Reads a file of series, whole or as it comes. */
export interface Reading {
  /** Reads what is whole of a file, or of its next bytes. */
  read(file: Pick<OpenedFile, 'read'>): Promise<void>
  /** What was read so far. */
  journal(): ReplayedJournal
}

/** A reading of nothing yet. */
export function createReading(store: Store, onLine: OnLine): Reading {
  const named = new Map<number, Identity>()
  const problems: Reason[] = []
  let window: number | undefined
  let whole = 0
  return {
    async read(file) {
      const before = whole
      for await (const { text, damage, end } of members(file)) {
        if (damage !== undefined)
          problems.push(
            problemOf('series-damaged', `The recorded series (${SERIES_FILE}) are incomplete: ${damage}.`, {
              damage,
            }),
          )
        if (end !== undefined) whole = before + end
        for (const each of text?.split('\n') ?? []) {
          const line = parseLine(each)
          if (line?.kind === 'head') window ??= line.window
          if (line?.kind === 'series') named.set(line.id, store.open(line.name, line.labels, line.first))
          if (line?.kind === 'window') onLine(line, window ?? USUAL_WINDOW_MS, (id) => named.get(id))
        }
      }
    },
    journal: () => ({ ...(window === undefined ? {} : { window }), named, whole, problems }),
  }
}
