import type { Change } from './changes.ts'

/** Counts what comes to a counter within some seconds of the points' own time, so that late pushes are no burst. */
export interface RecordedPace {
  add(changes: readonly Change[]): void
  /** How much came within the last `seconds` up to the newest point. */
  within(): number
}

/** The pace of a counter by its Prometheus name, over so many seconds. */
export function createPace(name: string, seconds: number): RecordedPace {
  let points: { at: number; by: number }[] = []
  return {
    add(changes) {
      for (const change of changes)
        if (change.kind === 'counter' && change.series.name === name)
          points.push({ at: change.at, by: change.by })
      const newest = Math.max(...points.map(({ at }) => at))
      points = points.filter(({ at }) => at > newest - seconds * 1000)
    },
    within: () => points.reduce((sum, { by }) => sum + by, 0),
  }
}
