import { stat, states, type Unplaced } from '../../panels.ts'
import type { Dialect } from '../../question.ts'
import { checksTable } from './checks.ts'
import { BUDGET, BY_CHECK, CHECK, draw, PERCENT, UP } from './drawn.ts'
import { asking, monitored, probeSource } from './source.ts'

/** Whether a target could be used, from where. */
export const monitors = (dialect: Dialect): Unplaced[] => [
  ...stat(
    dialect,
    monitored({
      id: 3502,
      title: 'Up',
      unit: 'percentunit',
      w: 6,
      steps: UP,
      description: `Share of the shown time in which the last execution was up, over all chosen checks and probes; red below ${PERCENT.up}.`,
    }),
    [asking(`avg(avg_over_time(${probeSource('success')}[$__range]))`, '', true)],
  ),
  ...stat(
    dialect,
    monitored({
      id: 3503,
      title: 'Error budget left',
      unit: 'percentunit',
      w: 6,
      steps: [
        { color: 'red', value: null },
        { color: 'orange', value: 0 },
        { color: 'green', value: 0.25 },
      ],
      description: `Of an SLO of ${PERCENT.up}, a monitor may be down in ${PERCENT.down} of the shown time: how much of that is left; below zero it is overspent.`,
      defaults: { min: -10 },
    }),
    [asking(`1 - (1 - avg(avg_over_time(${probeSource('success')}[$__range]))) / ${BUDGET}`, '', true)],
  ),
  ...states(
    dialect,
    monitored({
      id: 3511,
      title: 'Up and down',
      unit: 'none',
      h: 6,
      description: 'The last execution of each check from each probe.',
      defaults: { mappings: [{ type: 'value', options: STATES }] },
    }),
    [asking(`min by (${CHECK}) (${probeSource('success')})`, BY_CHECK)],
  ),
  ...draw(
    dialect,
    {
      id: 3512,
      title: 'Success ratio, by check and probe',
      unit: 'percentunit',
      steps: UP,
      h: 6,
      description: `Share of the last hour in which the last execution was up. The line is the SLO of ${PERCENT.up}.`,
      defaults: { max: 1 },
    },
    [`avg by (${CHECK}) (avg_over_time(${probeSource('success')}[1h]))`, BY_CHECK],
  ),
  ...checksTable(dialect),
]

const STATES = {
  0: { text: 'down', color: 'red', index: 0 },
  1: { text: 'up', color: 'green', index: 1 },
}
