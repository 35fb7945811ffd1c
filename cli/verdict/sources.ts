import { MAP_FILE } from '../base/index.ts'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping'
import type { RunFolder, SourcePlace } from '../record/index.ts'

/** Where a position in a bundle (line and column from 1) was written; undefined where no author wrote it. */
export type Locate = (line: number, column: number) => SourcePlace | undefined

/** Reads positions of a bundle by its source map; those of loadwright's and of packages have no place. */
export function locateBy(map: string): Locate {
  const traced = new TraceMap(map)
  const ignored = new Set(traced.ignoreList?.map((index) => traced.sources[index]))
  return (line, column) => {
    const found = originalPositionFor(traced, { line, column: Math.max(0, column - 1) })
    if (found.source === null || ignored.has(found.source)) return undefined
    return { file: found.source, line: found.line, column: found.column + 1 }
  }
}

/** Keeps the bundle's source map beside the record, since another build may change it before the run has ended. */
export async function keepMap(folder: string, map: string | undefined): Promise<void> {
  // Without it, places are those of the bundle.
  if (map !== undefined) await writeFile(join(folder, MAP_FILE), map, { mode: 0o600 }).catch(() => undefined)
}

/** What tells the places of a run's bundle; undefined where there is no map. */
export async function readMap(folder: RunFolder): Promise<Locate | undefined> {
  try {
    return locateBy(await folder.text(MAP_FILE))
  } catch {
    return undefined
  }
}

/** Removes what {@link keepMap} kept. */
export const dropMap = (folder: string): Promise<void> => rm(join(folder, MAP_FILE), { force: true })
