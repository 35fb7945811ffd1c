import { states, type Unplaced } from '../../panels.ts'
import type { Dialect } from '../../question.ts'
import { withRunInfo, runSeries } from '../runInfo.ts'
import { VERDICT_MAPPINGS } from '../verdicts.ts'

/** Verdicts over time, a line for each suite, profile and environment. */
export const verdicts = (dialect: Dialect): Unplaced[] =>
  states(
    dialect,
    {
      id: 2002,
      title: 'Verdicts',
      unit: 'none',
      apart: true,
      w: 24,
      h: 6,
      description:
        'The verdict of a run lasts until the next one of the same suite, profile and environment; of several within ' +
        'one step the worst is shown.',
      defaults: { mappings: VERDICT_MAPPINGS.states },
    },
    [
      {
        expr: `max by (suite, profile, environment) (${withRunInfo(worst(), ['suite', 'profile', 'environment'])})`,
        legendFormat: '{{suite}} · {{profile}} · {{environment}}',
        interval: '1m',
        range: true,
        instant: false,
        format: 'time_series',
      },
    ],
  )

/** A run's verdict by its place: 0 is a pass. */
const worst = (): string =>
  `max by (testid) (${VERDICT_MAPPINGS.names
    .map(
      (verdict, at) =>
        `${String(at)} * last_over_time(${runSeries('loadwright_run_verdict', { verdict })}[$__interval])`,
    )
    .join(' or ')})`
