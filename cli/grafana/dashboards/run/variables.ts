import type { Dialect } from '../../question.ts'
import type { AnnotationQuery, DashboardVariable } from '../../schema.ts'
import { SYSTEM_SOURCE } from '../../provisioning/datasources.ts'
import { exactTime, type DashboardLinkTo } from '../frame.ts'
import { hasRunSeries } from '../runInfo.ts'
import { begun, runVariable } from '../runsFound.ts'
import { answer, endOf, RUN_DAYS, startOf } from '../runTimes.ts'
import { labelVariable, SHOWN, sourceVariable, valuesVariable } from '../variables.ts'
import { lasting } from './phases.ts'
import { SYSTEM } from './system.ts'

/**
 * The runs of an environment, the newest first, and which of them is shown. With all environments, runs of plain k6,
 * which name none, are offered too.
 */
export function runVariables(dialect: Dialect): DashboardVariable[] {
  const known = hasRunSeries(dialect)
  const environments = 'label_values(loadwright_run_info, environment)'
  const found = begun(dialect, { days: RUN_DAYS, ...(known && { chosen: { environment: '$environment' } }) })
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
        answer(dialect, 'run_from', `1000 * (${startOf(dialect, 'testid', RUN_DAYS)} - ${AROUND.before})`),
        answer(dialect, 'run_to', `1000 * (${endOf(dialect, 'testid', RUN_DAYS)} + ${AROUND.after})`),
      ]
    : []

/** The link to the whole of the run. */
export const wholeRun = (dialect: Dialect): DashboardLinkTo[] =>
  exactTime(dialect, 'run', {
    title: 'Whole run',
    tooltip: 'From the start of the chosen run to its end',
    from: '${run_from}',
    to: '${run_to}',
  })

/** Which of a run's journeys and phases are shown. */
export const partVariables = (dialect: Dialect): DashboardVariable[] => [
  valuesVariable(dialect, 'journey', { title: 'Journey', all: true, where: { testid: '$testid' } }),
  valuesVariable(dialect, 'phase', { title: 'Phase', all: true, where: { testid: '$testid' } }),
  quantile(),
]

const QUANTILES = { p50: '0.5', p75: '0.75', p95: '0.95', p99: '0.99' } as const

/** The quantile of times that charts show, where their titles name none. */
function quantile(): DashboardVariable {
  const options = Object.entries(QUANTILES).map(([text, value]) => ({
    text,
    value,
    selected: text === 'p95',
  }))
  return {
    name: 'quantile',
    label: 'Quantile',
    type: 'custom',
    query: options.map(({ text, value }) => `${text} : ${value}`).join(', '),
    hide: 0,
    multi: false,
    includeAll: false,
    options,
    current: { text: 'p95', value: QUANTILES.p95, selected: true },
  }
}

/** Where traces and the metrics of the system under test are, and which of the latter are shown. */
export function systemVariables(): DashboardVariable[] {
  const values = (name: string, title: string, series: string): DashboardVariable => {
    const query = `label_values(${series}, ${name})`
    return labelVariable(SYSTEM, { name, title, query, all: '.+', hide: SHOWN.inMenu })
  }
  return [
    // Where there is no Tempo, a variable that can be seen has a red triangle.
    sourceVariable('traces', 'Traces', 'tempo', { hide: SHOWN.nowhere }),
    sourceVariable('system', 'System under test', 'prometheus', {
      hide: SHOWN.inMenu,
      first: SYSTEM_SOURCE,
    }),
    values('namespace', 'Namespace', 'container_cpu_usage_seconds_total'),
    values('job', 'Job', 'process_cpu_seconds_total{job!="prometheus"}'),
  ]
}

/** What `--annotate` and `loadwright annotate` wrote into Grafana of this run, of one kind or all. */
const markers = (name: string, enable: boolean, ...kinds: readonly string[]): AnnotationQuery => {
  const tags = ['loadwright', 'testid:$testid', ...kinds]
  const target = { refId: 'markers', type: 'tags' as const, tags, limit: 100, matchAny: false }
  return {
    name,
    enable,
    hide: false,
    placement: 'inControlsMenu',
    iconColor: 'green',
    target,
    datasource: { type: 'grafana', uid: '-- Grafana --' },
  }
}

/**
 * Marks on all curves: the judged phase as a stretch, by its own times, and Grafana's marker of the verdict. Where
 * loadwright writes no series, Grafana's markers of the run are all there is; where it does, they say the same twice.
 */
export function runAnnotations(dialect: Dialect): AnnotationQuery[] {
  if (!hasRunSeries(dialect)) return [markers('Markers of the run', true)]
  return [
    annotation(dialect, 'Judged phase', true, lasting(['phase'], { judged: 'true' })),
    annotation(dialect, 'All phases', false, lasting(['phase'], {})),
    markers('Verdict', true, 'kind:verdict'),
    markers('Markers of the run', false),
  ]
}

const annotation = (
  { datasource }: Dialect,
  name: string,
  enable: boolean,
  expr: string,
): AnnotationQuery => {
  const query = { expr, step: '1s', titleFormat: '{{phase}}' }
  return {
    name,
    datasource,
    enable,
    hide: false,
    placement: 'inControlsMenu',
    iconColor: 'rgba(120, 140, 170, 0.5)',
    ...query,
  }
}
