import { REQUESTS } from '../../../record/index.ts'
import { named } from '../../named.ts'
import { byName, type Override } from '../../overrides.ts'
import { tablePanel, type TargetsAsked, type Unplaced } from '../../panels.ts'
import type { Dialect, Measure, Question } from '../../question.ts'
import { columnsOf, organized, reckoned, sortRows, type Column, type Transformation } from '../transform.ts'

/** A figure of both runs: which way is worse, and whether its difference can be told per cent. */
interface Figure {
  readonly name: string
  readonly unit: string
  readonly measure: Measure
  readonly worse: 'more' | 'less'
  /** A share is compared in points: one that was 0 has no per cent. */
  readonly points?: true
  /** Divided by the seconds of its run. */
  readonly perSecond?: true
}

const FIGURES: readonly Figure[] = [
  ...([0.95, 0.5] as const).map((q): Figure => ({
    name: `p${String(q * 100)}`,
    unit: 's',
    worse: 'more',
    measure: { ask: 'quantile', metric: REQUESTS.trend, q },
  })),
  {
    name: 'failed',
    unit: 'percentunit',
    worse: 'more',
    points: true,
    measure: { ask: 'share', metric: REQUESTS.failedShare },
  },
  {
    name: 'req/s',
    unit: 'reqps',
    worse: 'less',
    perSecond: true,
    measure: { ask: 'total', metric: REQUESTS.all.metric },
  },
]

/** Figures of both runs with their differences: by journey and step, and by request. */
export function differences(dialect: Dialect): Unplaced[] {
  const which =
    dialect.language === 'promql'
      ? 'Whole runs are compared, whatever time is shown: all that was pushed in the day before each ended, of the ' +
        'chosen journeys and phases. req/s is by the whole time of each run.'
      : 'Compared is what is shown of both runs: choose a time that has them whole.'
  const how = `${which} Δ is the candidate less the base: red is worse, green is better; failures differ by points.`
  return [
    ...tableOf(
      dialect,
      1101,
      'By journey and step',
      ['journey', 'step'],
      `Requests by journey and step. ${how}`,
    ),
    ...tableOf(dialect, 1102, 'By request', ['name'], `Requests by name, of all journeys. ${how}`),
  ]
}

function tableOf(
  dialect: Dialect,
  id: number,
  title: string,
  by: readonly string[],
  description: string,
): Unplaced[] {
  const figures = FIGURES.map((figure) =>
    figure.perSecond && dialect.language !== 'promql'
      ? { ...figure, name: 'requests', unit: 'none' }
      : figure,
  )
  const columns = figures.flatMap((figure) =>
    RUNS.map((run): Column => ({ name: `${figure.name} ${run}`, asking: asked(dialect, figure, run, by) })),
  )
  const { names, asking, transformations } = columnsOf(dialect, columns)
  const answered = figures.filter(({ name }) => names.includes(`${name} base`))
  return tablePanel(
    dialect,
    {
      id,
      title,
      description,
      unit: 'none',
      h: 10,
      overrides: answered.flatMap(overridesOf),
      more: {
        transformations: [
          ...transformations,
          ...answered.flatMap(differenceOf),
          organized({ order: [...by, ...answered.flatMap(namesOf)] }),
          sortRows(by[0] ?? ''),
        ],
      },
    },
    asking,
  )
}

const RUNS = ['base', 'candidate'] as const

function asked(
  dialect: Dialect,
  { measure, perSecond }: Figure,
  run: (typeof RUNS)[number],
  by: readonly string[],
): TargetsAsked {
  const where = { journey: '$journey', phase: '$phase' }
  const question: Question = { ...measure, by, where, over: 'run', run: `$${run}`, ended: `${run}_end` }
  if (!perSecond || dialect.language !== 'promql') return question
  return { expr: named(`(${dialect.ask(question) ?? ''}) / (\${${run}_end} - \${${run}_start})`, by) }
}

const namesOf = ({ name, points }: Figure): string[] => [
  ...[`${name} base`, `${name} candidate`, `${name} Δ`],
  ...(points ? [] : [`${name} Δ %`]),
]

const differenceOf = ({ name, points }: Figure): Transformation[] => [
  reckoned(`${name} Δ`, `${name} candidate`, '-', `${name} base`),
  ...(points ? [] : [reckoned(`${name} Δ %`, `${name} Δ`, '/', `${name} base`)]),
]

function overridesOf(figure: Figure): Override[] {
  const { name, unit, points, worse } = figure
  const coloured = {
    'custom.cellOptions': { type: 'color-text' },
    color: { mode: 'thresholds' },
    thresholds: { mode: 'absolute', steps: steps(worse) },
  }
  return [
    ...RUNS.map((run) => byName(`${name} ${run}`, { unit })),
    byName(`${name} Δ`, { unit, ...coloured }),
    ...(points ? [] : [byName(`${name} Δ %`, { unit: 'percentunit', ...coloured })]),
  ]
}

/** A step holds from its value on: nothing at all is neither better nor worse. */
function steps(worse: Figure['worse']): { color: string; value: number | null }[] {
  const [less, more] = worse === 'more' ? ['green', 'red'] : ['red', 'green']
  return [
    { color: less, value: null },
    { color: 'text', value: 0 },
    { color: more, value: 1e-9 },
  ]
}
