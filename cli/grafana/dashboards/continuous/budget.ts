import type { Unplaced } from '../../panels.ts'
import type { Dialect } from '../../question.ts'
import { BUDGET, draw, PERCENT } from './drawn.ts'
import { probeSource } from './source.ts'
import { WEEK_BEFORE } from './weeks.ts'

/** Monitors now and a week before, and what is left of what may fail. */
export const budget = (dialect: Dialect): Unplaced[] => {
  const both = (id: number, title: string, unit: string, of: (moved: string) => string): Unplaced[] =>
    draw(
      dialect,
      {
        id,
        title: `${title}, and a week before`,
        unit,
        overrides: [WEEK_BEFORE],
        description: 'Mean of the last hour, by check; dashed, the same a week before.',
      },
      [of(''), '{{job}}'],
      [of(' offset ${week}s'), '{{job}}, a week before'],
    )
  const hour = (series: string, moved: string): string =>
    `avg by (job) (avg_over_time(${series}[1h]${moved}))`
  return [
    ...both(3701, 'Success ratio', 'percentunit', (moved) => hour(probeSource('success'), moved)),
    ...both(3702, 'Time of an execution', 's', (moved) =>
      hour(probeSource('script_duration_seconds'), moved),
    ),
    ...draw(
      dialect,
      {
        id: 3703,
        title: 'Error budget of a week',
        unit: 'percentunit',
        w: 24,
        description: `What is left, at each time, of the ${PERCENT.down} that may be down in the seven days before it; below zero it is overspent.`,
        defaults: { min: -2, max: 1 },
      },
      [`1 - (1 - avg by (job) (avg_over_time(${probeSource('success')}[7d]))) / ${BUDGET}`, '{{job}}'],
    ),
  ]
}
