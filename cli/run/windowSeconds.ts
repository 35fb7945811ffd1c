import { estimate } from '../project/index.ts'
import type { SuiteDeclarations } from '../record/index.ts'

/** Seconds that a run may be planned to last and still have short windows: a smoke test, too, has a curve. */
const SHORT_RUN_SECONDS = 120
const WINDOW = { short: 2, usual: 10 }

/** The length of a window of a run's series, seconds, by how long its scenarios are planned to last. */
export function windowSecondsOf(declared: Pick<SuiteDeclarations, 'scenarios'> | undefined): number {
  const options = { scenarios: { ...declared?.scenarios }, thresholds: {} }
  const { seconds } = estimate({ options, iteration: {} })
  return seconds > 0 && seconds <= SHORT_RUN_SECONDS ? WINDOW.short : WINDOW.usual
}
