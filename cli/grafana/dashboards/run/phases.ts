import type { PhaseName } from '../../../../config/workload/phases.ts'
import type { DashboardOptions } from '../../about.ts'
import { states, type Unplaced } from '../../panels.ts'
import { hasRunSeries, runSeries, type RunSeriesName } from '../runInfo.ts'
import { promQuery } from './common.ts'

/** Phases in the order in which profiles have them, with their colours: what may be judged stands out. */
const PHASES = {
  'ramp-up': 'semi-dark-yellow',
  'warm-up': 'light-yellow',
  steady: 'semi-dark-blue',
  spike: 'semi-dark-orange',
  recovery: 'semi-dark-purple',
  'ramp-down': 'light-purple',
} as const satisfies Record<PhaseName, string>

/** The phases that last at each moment, as their own times say, which are known at the end of what is shown. */
export function lasting(by: readonly string[], where: Readonly<Record<string, string>>): string {
  const edge = (name: RunSeriesName): string =>
    `last_over_time(${runSeries(name, { testid: '$testid', ...where })}[$__range] @ end())`
  const begun = `${edge('loadwright_run_phase_start_time_seconds')} <= time()`
  const unended = `${edge('loadwright_run_phase_end_time_seconds')} > time()`
  return `max by (${by.join(', ')}) (${begun} and on (testid, scenario, phase) ${unended})`
}

/** The phases of each scenario, by name, in the order of time. */
export function phases({ dialect }: DashboardOptions): Unplaced[] {
  if (!hasRunSeries(dialect)) return []
  const names = Object.entries(PHASES)
  const each = names.map(([phase], at) => `${at} + 0 * ${lasting(['scenario'], { phase })}`)
  return states(
    dialect,
    {
      id: 204,
      title: 'Phases',
      unit: 'none',
      description:
        'The phases of each scenario, by their own times: thresholds judge some of them, `steady` unless told.',
      defaults: {
        custom: { spanNulls: false },
        mappings: [
          {
            type: 'value',
            options: Object.fromEntries(
              names.map(([text, color], index) => [String(index), { text, color, index }]),
            ),
          },
        ],
      },
    },
    promQuery(dialect, each.join(' or '), { legendFormat: '{{scenario}}' }),
  )
}
