import { open } from 'node:fs/promises'
import { classicOf, labelsOf, valueOf, type RawSeries } from '../../prometheus/index.ts'

const END = '# EOF\n'

/**
 * Series as lines of OpenMetrics: name, labels, value, time in seconds; histograms in the classic form. Stale markers
 * are left out, which the text form cannot say.
 */
export function openMetricsLines(series: readonly RawSeries[]): string[] {
  return series.flatMap(classicOf).flatMap((one) => {
    const { __name__: name = '', ...labels } = labelsOf(one)
    const pairs = Object.entries(labels).map(([label, value]) => `${label}="${escaped(value)}"`)
    return one.points
      .filter(({ stale }) => !stale)
      .map((point) => `${name}{${pairs.join(',')}} ${numeral(valueOf(point))} ${point.at / 1000}`)
  })
}

/**
 * Adds lines to a file for `promtool tsdb create-blocks-from openmetrics`, and keeps it closed by its end mark. A line
 * that a crash left half written goes.
 */
export async function addOpenMetrics(path: string, lines: readonly string[]): Promise<void> {
  if (lines.length === 0) return
  const file = await open(path, 'a+', 0o600)
  try {
    const size = wholeUpTo(await tail(file))
    await file.truncate(size)
    await file.appendFile(`${lines.join('\n')}\n${END}`)
  } finally {
    await file.close()
  }
}

/** The last bytes of a file, and where they begin. */
async function tail(file: Awaited<ReturnType<typeof open>>): Promise<{ from: number; text: Buffer }> {
  const { size } = await file.stat()
  const from = Math.max(0, size - MAX_LINE_BYTES)
  const { buffer, bytesRead } = await file.read(Buffer.alloc(size - from), 0, size - from, from)
  return { from, text: buffer.subarray(0, bytesRead) }
}

/** Longer than any line of ours: k6's labels are bounded. */
const MAX_LINE_BYTES = 1024 * 1024

/** Up to where a file holds whole lines, without its end mark. */
function wholeUpTo({ from, text }: { from: number; text: Buffer }): number {
  const whole = text.subarray(0, text.lastIndexOf('\n') + 1)
  const marked = whole.subarray(-END.length).equals(Buffer.from(END))
  return from + whole.length - (marked ? END.length : 0)
}

const numeral = (value: number): string =>
  Number.isFinite(value) || Number.isNaN(value) ? String(value) : value > 0 ? '+Inf' : '-Inf'

const escaped = (value: string): string =>
  value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
