import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping'
import { transform, type TransformOptions } from 'esbuild'

/** The error of a code that ran as esbuild transforms it, its stack told by the sources that the code's map names. */
export async function atSources(
  error: Error,
  code: string,
  map: string,
  how: TransformOptions & { sourcefile: string },
): Promise<Error> {
  const inline = `//# sourceMappingURL=data:application/json;base64,${Buffer.from(map).toString('base64')}`
  const whole = new TraceMap((await transform(`${code}\n${inline}`, { ...how, sourcemap: 'external' })).map)
  const escaped = how.sourcefile.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  error.stack = (error.stack ?? '').replace(
    new RegExp(`${escaped}:(\\d+):(\\d+)`, 'g'),
    (place: string, line: string, column: string) => {
      const at = originalPositionFor(whole, { line: Number(line), column: Number(column) - 1 })
      return at.source === null ? place : `${at.source}:${at.line}:${at.column + 1}`
    },
  )
  return error
}
