import type { MeasuredRun } from '../../record/index.ts'

/** The newest of some runs, each once, the newest first; of two that are the same run the later one is taken. */
export const newestRuns = (runs: readonly MeasuredRun[], most: number): MeasuredRun[] =>
  [...new Map(runs.map((run) => [run.id, run])).values()]
    .sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1))
    .slice(0, most)
