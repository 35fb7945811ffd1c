import { parseJson } from '../../../base/index.ts'

/** What a line of k6's own log begins with. */
const LOGGED = 'time="'

/** What a runner's k6 has written: its log's lines, and the figures that it printed at its end. */
export interface PodLog {
  readonly lines: readonly string[]
  /** JSON; undefined where it came to no such end. */
  readonly summary: string | undefined
}

/** Tells a runner's log lines from its figures: the cluster mixes both outputs, line by line. */
export function readPodLog(text: string): PodLog {
  const all = text.split('\n')
  const lines = all.filter((line) => line.startsWith(LOGGED))
  const others = all.filter((line) => !line.startsWith(LOGGED))
  const from = others.lastIndexOf('{')
  const to = others.lastIndexOf('}')
  const summary = from >= 0 && to > from ? others.slice(from, to + 1).join('\n') : undefined
  return { lines, summary: parseJson(summary ?? '') === undefined ? undefined : summary }
}
