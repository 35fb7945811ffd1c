import { CHECKS, JOURNEYS, REQUESTS } from '../../../record/index.ts'
import type { DashboardOptions, Slo } from '../../about.ts'
import { curves, stat, type TargetsAsked, type Unplaced } from '../../panels.ts'
import type { Dialect, Measure, Question } from '../../question.ts'
import { hasRunSeries, runSeries } from '../runInfo.ts'
import { infoOf, SLO_STYLE, sloLine, slosOn } from '../sloLines.ts'
import { WEEK_BEFORE } from './weeks.ts'

const CANARY = { profile: 'canary', suite: '$suite', environment: '$environment' }

/** Which runs a question is of: canaries, where loadwright wrote what a run is. */
function runs(dialect: Dialect, over: Question['over'], shift?: string): Partial<Question> {
  if (!hasRunSeries(dialect)) return { ...(shift === undefined ? {} : { shift }) }
  const moved = shift === undefined ? '' : ` offset \${${shift}}s`
  const range = over === 'run' ? '$__range' : '15m'
  return {
    run: '',
    among: `last_over_time(${runSeries('loadwright_run_info', CANARY)}[${range}]${moved})`,
    ...(shift === undefined ? {} : { shift }),
  }
}

const WHERE = { journey: '$journey' }

const ask = (
  dialect: Dialect,
  measure: Measure,
  more: Partial<Question> & Pick<Question, 'over'>,
): Question => ({ ...measure, where: WHERE, ...runs(dialect, more.over, more.shift), ...more }) as Question

const P95: Measure = { ask: 'quantile', metric: REQUESTS.trend, q: 0.95 }
const RATE: Measure = { ask: 'rate', metric: REQUESTS.all.metric }
const FAILED: Measure = { ask: 'share', metric: REQUESTS.failedShare }
const FAILED_JOURNEYS: Measure = { ask: 'share', metric: JOURNEYS.failedShare }
const HELD: Measure = { ask: 'share', metric: CHECKS.okShare }

/** The canaries that a threshold is of. */
const canaries = ({ suite }: Slo): string => `last_over_time(${infoOf(suite, CANARY)}[15m])`

/** Of a journey's own threshold: only where the journey is chosen. */
const chosen = ({ tags: { journey } }: Slo): string =>
  journey === undefined
    ? ''
    : ` and on () group(last_over_time(k6_${JOURNEYS.started}_total{journey="${journey}",journey=~"$journey"}[15m]))`

/** All canary runs as one: their testids come and go, what is asked is not divided by them. */
export function canary({ dialect, slos }: DashboardOptions): Unplaced[] {
  const whole = (
    id: number,
    title: string,
    unit: string,
    description: string,
    measure: Measure,
  ): Unplaced[] =>
    stat(dialect, { id, title, unit, description, w: 6 }, [ask(dialect, measure, { over: 'run' })])
  const lines = (metric: string, name: string): TargetsAsked[] =>
    hasRunSeries(dialect)
      ? (['all', 'each'] as const)
          .flatMap((journeys) => slosOn(slos, metric, name, journeys))
          .filter(({ operator }) => operator.startsWith('<'))
          .map((slo) => sloLine(slo, `${canaries(slo)}${chosen(slo)}`))
      : []
  const over = (
    id: number,
    title: string,
    unit: string,
    description: string,
    measure: Measure,
    limits: readonly TargetsAsked[] = [],
  ): Unplaced[] =>
    curves(dialect, { id, title, unit, description, overrides: [SLO_STYLE] }, [
      ask(dialect, measure, { by: ['journey'], over: 'time' }),
      ...limits,
    ])
  return [
    ...whole(3101, 'Requests', 'locale', 'Requests of canary runs in the shown time.', {
      ask: 'total',
      metric: REQUESTS.all.metric,
    }),
    ...whole(3102, 'p95', 's', '95 of 100 requests in the shown time took less.', P95),
    ...whole(
      3103,
      'Failed requests',
      'percentunit',
      'Share of requests in the shown time that failed.',
      FAILED,
    ),
    ...whole(3104, 'Failed journeys', 'percentunit', 'Share of ended journeys that failed.', FAILED_JOURNEYS),
    ...over(
      3111,
      'p95 by journey',
      's',
      '95 of 100 requests of a journey took less; lines are SLOs.',
      P95,
      lines(REQUESTS.trend, 'p(95)'),
    ),
    ...over(
      3112,
      'Failed requests by journey',
      'percentunit',
      'Share of requests that failed; lines are SLOs.',
      FAILED,
      lines(REQUESTS.failedShare, 'rate'),
    ),
    ...over(3113, 'Requests per second', 'reqps', 'Requests of canary runs, by journey.', RATE),
    ...over(
      3114,
      'Failed journeys by journey',
      'percentunit',
      'Share of ended journeys that failed; lines are SLOs.',
      FAILED_JOURNEYS,
      lines(JOURNEYS.failedShare, 'rate'),
    ),
    ...over(3115, 'Passed checks by journey', 'percentunit', 'Share of checks that passed.', HELD),
  ]
}

/** Canary runs now and a week before. */
export const canaryWeeks = (dialect: Dialect): Unplaced[] => {
  const both = (id: number, title: string, unit: string, measure: Measure): Unplaced[] =>
    curves(
      dialect,
      {
        id,
        title: `${title}, and a week before`,
        unit,
        w: 8,
        overrides: [WEEK_BEFORE],
        description: 'All chosen journeys together; dashed, the same a week before.',
      },
      [
        ask(dialect, measure, { over: 'time', legend: 'now' }),
        ask(dialect, measure, { over: 'time', legend: 'a week before', shift: 'week' }),
      ],
    )
  return [
    ...both(3201, 'p95', 's', P95),
    ...both(3202, 'Failed requests', 'percentunit', FAILED),
    ...both(3203, 'Requests per second', 'reqps', RATE),
  ]
}
