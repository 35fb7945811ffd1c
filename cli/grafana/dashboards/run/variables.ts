import type { Dialect } from '../../question.ts'
import type { AnnotationQuery, Variable } from '../../schema.ts'
import { valuesVariable } from '../frame.ts'
import { hasRunSeries } from '../runInfo.ts'
import { perPhase } from './common.ts'

/** A data source that is chosen beside the one of k6's metrics. */
const source = (name: string, label: string, type: string): Variable => ({
  ...{ name, label, type: 'datasource', query: type },
  ...{ refresh: 1, hide: 0, regex: '', multi: false, includeAll: false, options: [] },
})

/** The series that say which runs there are; where an environment is chosen, only loadwright's own know it. */
const RUNS = '{__name__=~"k6_vus|loadwright_run_info",environment=~"$environment"}'

/**
 * The runs of an environment, and which of them is shown. With all environments, runs of plain k6, which name none, are
 * offered too.
 */
export function runVariables(dialect: Dialect): Variable[] {
  if (!hasRunSeries(dialect)) return [valuesVariable(dialect, 'testid', { title: 'Run' })]
  const environments = 'label_values(loadwright_run_info, environment)'
  return [
    valuesVariable(dialect, 'environment', { title: 'Environment', all: true, query: environments }),
    valuesVariable(dialect, 'testid', { title: 'Run', query: `label_values(${RUNS}, testid)` }),
  ]
}

/** Which of a run's journeys and phases are shown. */
export const partVariables = (dialect: Dialect): Variable[] => [
  valuesVariable(dialect, 'journey', { title: 'Journey', all: true, where: { testid: '$testid' } }),
  valuesVariable(dialect, 'phase', { title: 'Phase', all: true, where: { testid: '$testid' } }),
]

/** Where traces and the metrics of the system under test are, and which of the latter are shown. */
export function systemVariables(): Variable[] {
  const values = (name: string, label: string, query: string): Variable => ({
    ...{ name, label, type: 'query', datasource: { type: 'prometheus', uid: '${system}' } },
    ...{ query: { query, refId: name }, definition: query, refresh: 2, hide: 0, regex: '', sort: 1 },
    ...{ multi: true, includeAll: true, allValue: '.+', options: [] },
    current: { text: ['All'], value: ['$__all'] },
  })
  return [
    source('traces', 'Traces', 'tempo'),
    source('system', 'System under test', 'prometheus'),
    values('namespace', 'Namespace', 'label_values(container_cpu_usage_seconds_total, namespace)'),
    values('job', 'Job', 'label_values(process_cpu_seconds_total, job)'),
  ]
}

const MARKED = { type: 'tags', tags: ['loadwright', 'testid:$testid'], limit: 100, matchAny: false }

/** What `loadwright annotate` wrote into Grafana of this run: phases, verdict. */
const MARKERS = {
  ...{ name: 'Markers of the run', enable: true, hide: false, iconColor: 'green' },
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
            ...{ useValueForTime: true, step: '60s', titleFormat: `${edge} of {{testid}}` },
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
