import { MONITOR_SLO } from '../../about.ts'
import { curves, type PanelSpec, type Unplaced } from '../../panels.ts'
import type { Dialect } from '../../question.ts'
import type { PanelThreshold } from '../../schema.ts'
import { asking, monitored } from './source.ts'

/** The share that may be down, as a number to write. */
export const BUDGET = String(Number((1 - MONITOR_SLO).toFixed(4)))

/** Both shares in words. */
export const PERCENT = { up: `${MONITOR_SLO * 100} %`, down: `${Number(BUDGET) * 100} %` }

/** What tells executions of checks from each other. */
export const CHECK = 'job, instance, probe'

/** How a check is called in legends. */
export const BY_CHECK = '{{job}} · {{instance}} · {{probe}}'

/** Red below the SLO. */
export const UP: readonly PanelThreshold[] = [
  { color: 'red', value: null },
  { color: 'green', value: MONITOR_SLO },
]

/** Curves of monitors, by queries with their legends. */
export const draw = (
  dialect: Dialect,
  spec: PanelSpec,
  ...queries: [expr: string, legend: string][]
): Unplaced[] =>
  curves(
    dialect,
    monitored(spec),
    queries.map(([expr, legend]) => asking(expr, legend)),
  )
