import type { AnnotationOutcome, PhaseTimes, RunRecord } from '../../record/index.ts'
import { annotate } from './annotate.ts'
import type { Grafana } from './grafana.ts'
import type { AnnotationPatience } from './http.ts'
import type { MarkerOptions } from './markers.ts'

/** Markers of a run that goes on. Neither call throws, or keeps the run waiting before its verdict. */
export interface Following {
  /** Writes the start at once, and phases as soon and as often as `planned` knows other ones. */
  readonly begin: (started: RunRecord, planned?: () => readonly PhaseTimes[]) => void
  /** Writes everything as the run's record has it, and says what became of it. */
  readonly finish: (record: RunRecord, stopped?: AbortSignal) => Promise<AnnotationOutcome>
}

/** How a run is followed. */
export interface FollowOptions extends Pick<MarkerOptions, 'naming'> {
  readonly patience?: AnnotationPatience
  /** Milliseconds between looks at the planned phases; 5 s unless told. */
  readonly every?: number
}

/** Milliseconds that a marker may take while the run goes on: the next look writes it again. */
const RUNNING_TIMEOUT_MS = 5_000
/** And that all may take where the run was interrupted. */
const STOPPED_TIMEOUT_MS = 3_000

/** Follows a run in a Grafana: what was planned is replaced by what was, when it ends. */
export function followRun(
  grafana: Grafana,
  { patience, every = 5_000, ...making }: FollowOptions = {},
): Following {
  let timer: ReturnType<typeof setInterval> | undefined
  let writing: Promise<unknown> = Promise.resolve()
  let next: RunRecord | undefined
  const write = (record: RunRecord): void => {
    next = record
    writing = writing.then(async () => {
      // Of what gathered while Grafana was slow, only the last is written.
      const latest = next
      next = undefined
      if (latest)
        await annotate(grafana, latest, {
          ...making,
          patience: { budgetMs: RUNNING_TIMEOUT_MS, ...patience },
        })
    })
  }
  return {
    begin(started, planned = () => []) {
      let known: string | undefined
      const look = (): void => {
        const phases = [...planned()]
        const seen = JSON.stringify(phases)
        if (seen === known) return
        known = seen
        write({ ...started, phases })
      }
      look()
      timer = setInterval(look, every)
      // A run's end does not wait for a look.
      timer.unref()
    },
    async finish(record, stopped) {
      clearInterval(timer)
      next = undefined
      await writing
      // A run that was interrupted has an end and a verdict too, but nobody waits for them.
      const within = stopped?.aborted ? { budgetMs: STOPPED_TIMEOUT_MS } : stopped ? { signal: stopped } : {}
      return annotate(grafana, record, { ...making, patience: { ...patience, ...within } })
    },
  }
}
