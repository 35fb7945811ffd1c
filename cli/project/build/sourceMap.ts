import { relative, resolve } from 'node:path'
import {
  decodedMappings,
  encodedMap,
  TraceMap,
  type EncodedSourceMap,
  type SourceMapSegment,
} from '@jridgewell/trace-mapping'
import { packageRoot } from '../../base/index.ts'
import type { Ascii } from './ascii.ts'

const POOL = 'pool:'

interface EsbuildMap extends EncodedSourceMap {
  sources: string[]
  sourcesContent: string[]
}

/**
 * A bundle's source map from esbuild's: columns moved as the code was, a pool's module named by its file and not
 * repeated, what is no author's in `ignoreList`. Sources are relative to `folder`.
 */
export function sourceMap(text: string, folder: string, moved: Ascii['moved']): string {
  const map = JSON.parse(text) as EsbuildMap
  const mappings = decodedMappings(new TraceMap(map)).map((segments, line) =>
    segments.map(([column, ...rest]) => [moved(line, column), ...rest] as SourceMapSegment),
  )
  const isPool = map.sources.map((source) => source.startsWith(POOL))
  const sources = map.sources.map((source, index) =>
    isPool[index] ? relative(folder, source.slice(POOL.length)) : source,
  )
  const sourcesContent = map.sourcesContent.map((content, index) => (isPool[index] ? null : content))
  const ignoreList = [...sources.keys()].filter(
    (index) => isPool[index] === true || isOurs(folder, sources[index] ?? ''),
  )
  return JSON.stringify(encodedMap(new TraceMap({ ...map, mappings, sources, sourcesContent, ignoreList })))
}

/** Whether a source is loadwright's, a package's, or no file. */
function isOurs(folder: string, source: string): boolean {
  if (/^<|(^|\/)node_modules\//.test(source)) return true
  return /^(dist\/npm\/)?(lib|config|scenarios)\//.test(relative(packageRoot, resolve(folder, source)))
}
