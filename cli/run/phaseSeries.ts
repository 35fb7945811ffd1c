import type { Pushed } from '../prometheus/index.ts'
import type { PhaseTimes } from '../record/index.ts'
import type { SeriesWriter } from './seriesWriter.ts'

/** Phases of a run that are written, at most: scenarios times phases. */
const MAX_PHASES = 60

/** When each phase of each scenario began, and when it ended or is to end. */
export const phaseSeries = (phases: readonly PhaseTimes[], write: SeriesWriter): Pushed[] =>
  phases.slice(0, MAX_PHASES).flatMap(({ scenario, phase, judged, from, to }) => {
    const labels = { scenario, phase, judged: String(judged) }
    return [
      ...write('loadwright_run_phase_start_time_seconds', Date.parse(from) / 1000, labels),
      ...write('loadwright_run_phase_end_time_seconds', Date.parse(to) / 1000, labels),
    ]
  })

/** Phases that had begun at a time (ms since 1970): one that an abort kept from beginning is never written. */
export const begunBy = (phases: readonly PhaseTimes[], at: number): PhaseTimes[] =>
  phases.filter(({ from }) => Date.parse(from) <= at)
