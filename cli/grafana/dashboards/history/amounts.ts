import type { Unplaced } from '../../panels.ts'
import type { Dialect } from '../../question.ts'
import { byQuery, fixed } from '../../overrides.ts'
import type { RunSeriesName } from '../runInfo.ts'
import { chart, points } from './points.ts'

/** How much was done, and what could not be. */
export const amounts = (dialect: Dialect): Unplaced[] => {
  const amount = (id: number, title: string, name: RunSeriesName, description: string): Unplaced[] =>
    chart(dialect, { id, title, description, unit: 'none', w: 8, overrides: [byQuery('A', fixed('blue'))] }, [
      points(name, {}, title),
    ])
  return [
    ...amount(2301, 'Requests', 'loadwright_run_requests', 'Requests of all phases.'),
    ...amount(2302, 'Iterations', 'loadwright_run_iterations', 'Iterations of all phases.'),
    ...amount(
      ...([2303, 'Dropped iterations', 'loadwright_run_dropped_iterations'] as const),
      'Iterations that k6 could not start in time: of more than a few, the load was not what it should have been.',
    ),
  ]
}
