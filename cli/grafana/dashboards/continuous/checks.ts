import { byName } from '../../overrides.ts'
import { tablePanel, type Unplaced } from '../../panels.ts'
import type { Dialect } from '../../question.ts'
import { columnsOf, organized, sortRows } from '../transform.ts'
import { UP } from './drawn.ts'
import { asking, monitored, probeSource } from './source.ts'

/** Checks of the script, by what came of them. They count in the last execution: gauges, in spite of their name. */
export function checksTable(dialect: Dialect): Unplaced[] {
  const mean = (result: string): string =>
    `sum by (job, check) (avg_over_time(${probeSource('checks_total', { result })}[$__range]))`
  const all = `sum by (job, check) (avg_over_time(${probeSource('checks_total')}[$__range]))`
  const columns = [
    { name: 'held', expr: `(${mean('pass')} or 0 * ${all}) / (${all} > 0)` },
    { name: 'passes per execution', expr: mean('pass') },
    { name: 'fails per execution', expr: mean('fail') },
  ]
  const {
    names,
    asking: targets,
    transformations,
  } = columnsOf(
    dialect,
    columns.map(({ name, expr }) => ({ name, asking: asking(expr, '', true) })),
  )
  const share = {
    unit: 'percentunit',
    'custom.cellOptions': { type: 'color-text' },
    color: { mode: 'thresholds' },
    thresholds: { mode: 'absolute', steps: [...UP] },
  }
  return tablePanel(
    dialect,
    monitored({
      id: 3521,
      title: 'Checks by result',
      unit: 'locale',
      h: 8,
      defaults: { decimals: 2 },
      description:
        'The script’s own checks, over all executions in the shown time: the share that held, lowest first.',
      overrides: [byName('held', share)],
      more: {
        transformations: [
          ...transformations,
          organized({ order: ['job', 'check', ...names] }),
          sortRows('held'),
        ],
      },
    }),
    targets,
  )
}
