import { REQUESTS } from '../../../record/index.ts'
import { named } from '../../named.ts'
import { byName, type Override } from '../../overrides.ts'
import { tablePanel, type TargetsAsked, type Unplaced } from '../../panels.ts'
import type { Dialect, Measure, Question } from '../../question.ts'
import { atLeast, widths } from '../widths.ts'
import { FAILURES, noiseSteps, noiseText, RATES, TIMES, type Noise } from './noise.ts'
import { columnsOf, organized, reckoned, sortRows, type Column, type Transformation } from '../transform.ts'

/** A figure of both runs: which way is worse, and whether its difference can be told per cent. */
interface Figure {
  readonly name: string
  readonly unit: string
  readonly measure: Measure
  readonly worse: 'more' | 'less'
  /** What a difference must be to have a colour. A share is compared in points: one that was 0 has no per cent. */
  readonly noise: Noise
  /** Only the candidate's, and the difference. */
  readonly short?: true
  /** Divided by the seconds of its run. */
  readonly perSecond?: true
}

const FIGURES: readonly Figure[] = [
  {
    name: 'p95',
    unit: 's',
    worse: 'more',
    noise: TIMES,
    measure: { ask: 'quantile', metric: REQUESTS.trend, q: 0.95 },
  },
  {
    name: 'p50',
    unit: 's',
    worse: 'more',
    noise: TIMES,
    short: true,
    measure: { ask: 'quantile', metric: REQUESTS.trend, q: 0.5 },
  },
  {
    name: 'failed',
    unit: 'percentunit',
    worse: 'more',
    noise: FAILURES,
    measure: { ask: 'share', metric: REQUESTS.failedShare },
  },
  {
    name: 'req/s',
    unit: 'reqps',
    worse: 'less',
    noise: RATES,
    short: true,
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
  const how = `${which} Δ is the candidate less the base, failures in points: red is worse, green better, within the noise (times ${noiseText(TIMES)}, requests ${noiseText(RATES)}, failures ${noiseText(FAILURES)}) neither.`
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
    RUNS.map((run): Column => ({ name: columnOf(figure, run), asking: asked(dialect, figure, run, by) })),
  )
  const { names, asking, transformations } = columnsOf(dialect, columns)
  const answered = figures.filter((figure) => names.includes(columnOf(figure, 'base')))
  return tablePanel(
    dialect,
    {
      id,
      title,
      description,
      unit: 'none',
      h: 10,
      overrides: [
        ...answered.flatMap(overridesOf),
        ...atLeast(Object.fromEntries(by.map((label) => [label, NAMES_WIDTH / by.length]))),
      ],
      more: {
        transformations: [
          ...transformations,
          ...answered.flatMap(differenceOf),
          organized({ order: [...by, ...answered.flatMap(namesOf)], without: answered.flatMap(unseen) }),
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

/** What a figure is called: without a word it is the candidate's. */
const columnOf = ({ name }: Figure, run: (typeof RUNS)[number]): string =>
  run === 'candidate' ? name : `${name} base`

const isPoints = ({ noise }: Figure): boolean => 'points' in noise

/** The column of the difference that is shown. */
const shownDifference = (figure: Figure): string => `${figure.name} Δ${isPoints(figure) ? '' : ' %'}`

const namesOf = (figure: Figure): string[] => [
  ...RUNS.map((run) => columnOf(figure, run)),
  ...(isPoints(figure) ? [] : [`${figure.name} Δ`]),
  shownDifference(figure),
]

/** Columns that only others are made of. */
const unseen = (figure: Figure): string[] => [
  ...(figure.short ? [columnOf(figure, 'base')] : []),
  ...(isPoints(figure) ? [] : [`${figure.name} Δ`]),
]

const differenceOf = (figure: Figure): Transformation[] => {
  const [base, candidate] = [columnOf(figure, 'base'), columnOf(figure, 'candidate')]
  const difference = `${figure.name} Δ`
  return [
    reckoned(difference, candidate, '-', base),
    ...(isPoints(figure) ? [] : [reckoned(`${difference} %`, difference, '/', base)]),
  ]
}

function overridesOf(figure: Figure): Override[] {
  const { name, unit, worse, noise } = figure
  const coloured = {
    unit: isPoints(figure) ? unit : 'percentunit',
    'custom.cellOptions': { type: 'color-text' },
    color: { mode: 'thresholds' },
    thresholds: { mode: 'absolute', steps: noiseSteps(noise, worse) },
  }
  const shown = [...RUNS.map((run) => columnOf(figure, run)), shownDifference(figure)]
  return [
    ...RUNS.map((run) => byName(columnOf(figure, run), { unit })),
    byName(shownDifference(figure), coloured),
    ...widths(Object.fromEntries(shown.map((column) => [column, widthOf(column, name)]))),
  ]
}

/** All columns of names together (pixels), where the longest figure stands beside them. */
const NAMES_WIDTH = 256

/** As wide as a figure is, or as the words at the column's head are. */
const widthOf = (column: string, name: string): number =>
  Math.max(75, (column.length - name.length) * 6 + name.length * 8 + 14)
