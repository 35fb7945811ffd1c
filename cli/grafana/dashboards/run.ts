import type { DashboardOptions } from '../about.ts'
import type { Dashboard } from '../schema.ts'
import { frame } from './frame.ts'
import { business } from './run/business.ts'
import { failurePanels } from './run/failures.ts'
import { loadPanels } from './run/load.ts'
import { overview } from './run/overview.ts'
import { protocols } from './run/protocols.ts'
import { generator, system } from './run/system.ts'
import { timePanels, timeGoes } from './run/times.ts'
import {
  partVariables,
  runAnnotations,
  runTimes,
  runVariables,
  systemVariables,
  wholeRun,
} from './run/variables.ts'
import { vitals } from './run/vitals.ts'

/** One run: its load, its times, its failures, and the system under test beside it. */
export function runDashboard(making: DashboardOptions): Dashboard {
  const { dialect } = making
  return frame(dialect, {
    name: 'run',
    title: 'Run',
    description: 'One run of a suite: load, times, failures, business figures, and the system under test.',
    variables: [
      ...runVariables(dialect),
      ...partVariables(dialect),
      ...systemVariables(),
      ...runTimes(dialect),
    ],
    links: wholeRun(dialect),
    annotations: runAnnotations(dialect),
    rows: [
      overview(making),
      loadPanels(making),
      timePanels(making),
      timeGoes(making),
      failurePanels(making),
      ...business(making),
      vitals(making),
      ...protocols(making),
      system(making),
      generator(making),
    ],
  })
}
