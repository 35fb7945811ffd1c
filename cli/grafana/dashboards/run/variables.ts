import type { Dialect } from '../../question.ts'
import type { AnnotationQuery, DashboardVariable } from '../../schema.ts'
import { hasRunSeries } from '../runInfo.ts'
import { labelVariable, sourceVariable, valuesVariable } from '../variables.ts'
import { perPhase } from './common.ts'
import { SYSTEM } from './system.ts'

/** The series that say which runs there are; where an environment is chosen, only loadwright's own know it. */
const RUNS = '{__name__=~"k6_vus|loadwright_run_info",environment=~"$environment"}'

/**
 * The runs of an environment, and which of them is shown. With all environments, runs of plain k6, which name none, are
 * offered too.
 */
export function runVariables(dialect: Dialect): DashboardVariable[] {
  if (!hasRunSeries(dialect)) return [valuesVariable(dialect, 'testid', { title: 'Run' })]
  const environments = 'label_values(loadwright_run_info, environment)'
  return [
    valuesVariable(dialect, 'environment', { title: 'Environment', all: true, query: environments }),
    valuesVariable(dialect, 'testid', { title: 'Run', query: `label_values(${RUNS}, testid)` }),
  ]
}

/** Which of a run's journeys and phases are shown. */
export const partVariables = (dialect: Dialect): DashboardVariable[] => [
  valuesVariable(dialect, 'journey', { title: 'Journey', all: true, where: { testid: '$testid' } }),
  valuesVariable(dialect, 'phase', { title: 'Phase', all: true, where: { testid: '$testid' } }),
]

/** Where traces and the metrics of the system under test are, and which of the latter are shown. */
export function systemVariables(): DashboardVariable[] {
  const values = (name: string, title: string, series: string): DashboardVariable => {
    const query = `label_values(${series}, ${name})`
    return labelVariable(SYSTEM, { name, title, query, all: '.+' })
  }
  return [
    sourceVariable('traces', 'Traces', 'tempo'),
    sourceVariable('system', 'System under test', 'prometheus'),
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
): AnnotationQuery => ({ name, datasource, enable: true, hide: false, iconColor, ...query })
