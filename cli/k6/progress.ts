import type { Progress, Reporting } from './types.ts'

/** Reporting to a stream: one line that updates every second on a terminal, else a line every 15 s. */
export function progressTo(stream: {
  isTTY?: boolean
  write: (text: string) => unknown
}): Required<Reporting> {
  if (stream.isTTY !== true) return { progress: (line) => void stream.write(`${line}\n`), tickEvery: 15_000 }
  let ticked = false
  const progress: Progress = (line, kind) => {
    stream.write(`${ticked ? '\r\u001b[2K' : ''}${line}${kind === 'tick' ? '' : '\n'}`)
    ticked = kind === 'tick'
  }
  return { progress, tickEvery: 1000 }
}

/** Runs `work` and, while it lasts, ticks "<label> … 45 s". */
export async function ticking<T>(reporting: Reporting, label: string, work: () => Promise<T>): Promise<T> {
  const begun = performance.now()
  const tick = () => reporting.progress?.(`${label} … ${elapsedText(performance.now() - begun)}`, 'tick')
  const timer = setInterval(tick, reporting.tickEvery ?? 15_000)
  try {
    return await work()
  } finally {
    clearInterval(timer)
  }
}

/** Milliseconds for a reader: "45 s", "1 min 30 s". */
export function elapsedText(ms: number): string {
  const seconds = Math.round(ms / 1000)
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}
