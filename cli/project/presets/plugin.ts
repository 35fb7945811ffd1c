import type { Plugin } from 'esbuild'
import { basename, dirname } from 'node:path'
import { readFile } from 'node:fs/promises'
import { encodedMap, TraceMap, type SourceMapSegment } from '@jridgewell/trace-mapping'
import { journeysOnly } from './journeysOnly.ts'
import { readPreset } from './readPreset.ts'
import type { SourceLine } from './write/parts.ts'
import { suiteSource, textOf } from './write/suiteSource.ts'

/** Puts the suite that a preset is in the place of its file; errors then have lines of the preset. */
export function presets(): Plugin {
  return {
    name: 'presets',
    async setup(build) {
      const modules = new Set<string>()
      await journeysOnly((file) => modules.has(file)).setup(build)
      build.onLoad({ filter: /\.ya?ml$/i }, async ({ path }) => {
        const read = await readPreset(path)
        if (read.module) modules.add(read.module.from)
        const lines = suiteSource(read)
        const map = Buffer.from(mapOf(lines, path, await readFile(path, 'utf8'))).toString('base64')
        return {
          contents: `${textOf(lines)}\n//# sourceMappingURL=data:application/json;base64,${map}`,
          loader: 'ts',
          resolveDir: dirname(path),
          watchFiles: [path],
        }
      })
    },
  }
}

/** A source map from the lines of a suite to those of its preset. */
function mapOf(lines: readonly SourceLine[], path: string, content: string): string {
  const mappings = lines.map(({ at: [line, column] = [0, 0] }): SourceMapSegment[] => [[0, 0, line, column]])
  return JSON.stringify(
    encodedMap(
      new TraceMap({ version: 3, names: [], sources: [basename(path)], sourcesContent: [content], mappings }),
    ),
  )
}
