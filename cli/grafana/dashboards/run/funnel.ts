import { JOURNEYS, STEPS } from '../../../record/index.ts'
import type { DashboardOptions } from '../../about.ts'
import { byName } from '../../overrides.ts'
import { tablePanel, type Unplaced } from '../../panels.ts'
import type { Dialect, Question } from '../../question.ts'
import { named } from '../../named.ts'
import { columnsOf, organized, sortRows, type Column } from '../transform.ts'
import { instant, promQuery, WHERE } from './common.ts'
import { STEP_ORDER, withStepOrder } from './stepOrder.ts'

const total = (metric: string, by: readonly string[]): Question => ({
  ask: 'total',
  metric,
  by,
  where: WHERE,
  over: 'run',
})

/** What became of the journeys that began: how many ended, and how far they came. */
export function funnel({ dialect, steps: declared }: DashboardOptions): Unplaced[] {
  const journeys = columnsOf(dialect, [
    { name: 'begun', asking: total(JOURNEYS.started, ['journey']) },
    { name: 'completed', asking: total(JOURNEYS.ok.metric, ['journey']) },
    { name: 'failed', asking: total(JOURNEYS.failed.metric, ['journey']) },
  ])
  const steps = columnsOf(dialect, [...completed(dialect, declared), ...share(dialect)])
  const canOrder = dialect.language === 'promql'
  return [
    ...tablePanel(
      dialect,
      {
        id: 505,
        title: 'Journeys: begun and completed',
        unit: 'locale',
        w: 10,
        h: 8,
        description: 'Of all the run. What is neither completed nor failed was cut off by its end.',
        more: { transformations: journeys.transformations },
      },
      journeys.asking,
    ),
    ...tablePanel(
      dialect,
      {
        id: 506,
        title: 'Steps: how far journeys came',
        unit: 'locale',
        w: 14,
        h: 8,
        description: dialect.language === 'promql' ? `${COMPLETED}, ${OVER_STARTS}` : `${COMPLETED}.`,
        overrides: dialect.language === 'promql' ? [AS_GAUGE] : [],
        more: {
          ...(canOrder ? {} : { options: { showHeader: true, cellHeight: 'sm', sortBy: MOST_FREQUENT } }),
          transformations: [
            ...steps.transformations,
            ...(canOrder ? [sortRows(STEP_ORDER), organized({ without: [STEP_ORDER] })] : []),
          ],
        },
      },
      steps.asking,
    ),
  ]
}

/** InfluxQL makes no labels: the first step of a journey is the most frequent one. */
const MOST_FREQUENT = [
  { displayName: 'journey', desc: false },
  { displayName: 'completed', desc: true },
]
const SHARE = 'share of journeys'
const COMPLETED = 'Steps that were completed'
const OVER_STARTS =
  'and their share of the journeys that began, not of those that came so far. Of all the run; a step that a journey repeats has more than 100 %.'
const AS_GAUGE = byName(SHARE, {
  unit: 'percentunit',
  min: 0,
  max: 1,
  'custom.cellOptions': { type: 'gauge', mode: 'basic' },
})

/** Steps that were completed, with the order in which journeys make them. */
function completed(dialect: Dialect, steps: DashboardOptions['steps']): Column[] {
  const by = ['journey', 'step']
  const question = total(STEPS.all.metric, by)
  const query = dialect.ask(question)
  if (dialect.language !== 'promql' || query === undefined) return [{ name: 'completed', asking: question }]
  const expr = withStepOrder(named(query, by), steps ? { steps } : {})
  return promQuery(dialect, expr, instant).map((asking) => ({ name: 'completed', asking }))
}

/** Steps over journeys that began: those that were lost on the way count. InfluxQL cannot divide the two. */
function share(dialect: Dialect): Column[] {
  const [steps, begun] = [
    dialect.ask(total(STEPS.all.metric, ['journey', 'step'])),
    dialect.ask(total(JOURNEYS.started, ['journey'])),
  ]
  const expr = named(`(${steps ?? ''}) / on (journey) group_left () (${begun ?? ''})`, ['journey', 'step'])
  return promQuery(dialect, expr, instant).map((asking) => ({ name: SHARE, asking }))
}
