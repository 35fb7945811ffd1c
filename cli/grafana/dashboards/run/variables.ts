import type { Dialect } from '../../question.ts'
import type { AnnotationQuery, DashboardVariable } from '../../schema.ts'
import { uidOf, type DashboardLinkTo } from '../frame.ts'
import { hasRunSeries } from '../runInfo.ts'
import { begun, runVariable } from '../runsFound.ts'
import { answer, endOf, startOf } from '../runTimes.ts'
import { labelVariable, SHOWN, sourceVariable, valuesVariable } from '../variables.ts'
import { perPhase } from './common.ts'
import { SYSTEM } from './system.ts'

/** How many days back runs are looked for. */
const DAYS = '30'

/**
 * The runs of an environment, the newest first, and which of them is shown. With all environments, runs of plain k6,
 * which name none, are offered too.
 */
export function runVariables(dialect: Dialect): DashboardVariable[] {
  const known = hasRunSeries(dialect)
  const environments = 'label_values(loadwright_run_info, environment)'
  const found = begun(dialect, { days: DAYS, ...(known && { chosen: { environment: '$environment' } }) })
  return [
    ...(known
      ? [valuesVariable(dialect, 'environment', { title: 'Environment', all: true, query: environments })]
      : []),
    runVariable(dialect, { name: 'testid', title: 'Run', found }),
  ]
}

/** What is shown around a run, in seconds: samples from before its first VU, and the last push. */
const AROUND = { before: 2, after: 5 }

/** Hidden variables: when the run began and ended, in the milliseconds of addresses. */
export const runTimes = (dialect: Dialect): DashboardVariable[] =>
  dialect.language === 'promql'
    ? [
        answer(dialect, 'run_from', `1000 * (${startOf(dialect, 'testid', DAYS)} - ${AROUND.before})`),
        answer(dialect, 'run_to', `1000 * (${endOf(dialect, 'testid', DAYS)} + ${AROUND.after})`),
      ]
    : []

/** The same dashboard over the exact time of the run: Grafana's time picker cannot follow a variable. */
export const wholeRun = (dialect: Dialect): DashboardLinkTo[] =>
  dialect.language === 'promql'
    ? [
        {
          title: 'Whole run',
          url: `/d/${uidOf('run', dialect)}?from=\${run_from}&to=\${run_to}`,
          tooltip: 'From the start of the chosen run to its end',
        },
      ]
    : []

/** Which of a run's journeys and phases are shown. */
export const partVariables = (dialect: Dialect): DashboardVariable[] => [
  valuesVariable(dialect, 'journey', { title: 'Journey', all: true, where: { testid: '$testid' } }),
  valuesVariable(dialect, 'phase', { title: 'Phase', all: true, where: { testid: '$testid' } }),
]

/** Where traces and the metrics of the system under test are, and which of the latter are shown. */
export function systemVariables(): DashboardVariable[] {
  const values = (name: string, title: string, series: string): DashboardVariable => {
    const query = `label_values(${series}, ${name})`
    return labelVariable(SYSTEM, { name, title, query, all: '.+', hide: SHOWN.inMenu })
  }
  return [
    // Where there is no Tempo, a variable that can be seen has a red triangle.
    sourceVariable('traces', 'Traces', 'tempo', SHOWN.nowhere),
    sourceVariable('system', 'System under test', 'prometheus', SHOWN.inMenu),
    values('namespace', 'Namespace', 'container_cpu_usage_seconds_total'),
    values('job', 'Job', 'process_cpu_seconds_total'),
  ]
}

const MARKED = { type: 'tags', tags: ['loadwright', 'testid:$testid'], limit: 100, matchAny: false }

/** What `loadwright annotate` wrote into Grafana of this run: phases, verdict. */
const MARKERS = {
  name: 'Markers of the run',
  enable: true,
  hide: false,
  placement: 'inControlsMenu',
  iconColor: 'green',
  datasource: { type: 'grafana', uid: '-- Grafana --' },
  target: { refId: 'markers', ...MARKED },
} satisfies AnnotationQuery

/** Marks on all curves: Grafana's own of the run; phases as stretches, beginning and end where they are in a Prometheus. */
export function runAnnotations(dialect: Dialect): AnnotationQuery[] {
  if (dialect.language !== 'promql') return [MARKERS]
  return [
    MARKERS,
    annotation(dialect, 'Phases', 'blue', {
      expr: `${perPhase(dialect)} > 0`,
      step: '10s',
      titleFormat: '{{phase}}',
    }),
    ...(hasRunSeries(dialect)
      ? (['start', 'end'] as const).map((edge) =>
          annotation(dialect, `Run ${edge}`, 'purple', {
            expr: `last_over_time(loadwright_run_${edge}_time_seconds{testid=~"$testid"}[$__range]) * 1000`,
            useValueForTime: true,
            step: '60s',
            titleFormat: `${edge} of {{testid}}`,
          }),
        )
      : []),
  ]
}

const annotation = (
  { datasource }: Dialect,
  name: string,
  iconColor: string,
  query: Readonly<Record<string, unknown>>,
): AnnotationQuery => ({
  name,
  datasource,
  enable: true,
  hide: false,
  placement: 'inControlsMenu',
  iconColor,
  ...query,
})
