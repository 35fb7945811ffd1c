import type { Dialect } from '../../../cli/grafana/question.ts'
import type { Panel, PanelTarget } from '../../../cli/grafana/schema.ts'
import type { Catalogue } from './catalogue.ts'
import type { Tell } from './finding.ts'
import { lintInfluxql } from './influxql.ts'
import { lintPromql } from './promql.ts'

/** The longest texts (characters): beyond these Grafana cuts them, or nobody reads on. */
const MOST = { title: 60, description: 400, content: 3000 }

/** Panels that Grafana 10 has, and that show no values of their own. */
const TYPES = [
  'state-timeline',
  'status-history',
  'piechart',
  'timeseries',
  'stat',
  'table',
  'heatmap',
  'gauge',
  'bargauge',
  'barchart',
  'histogram',
  'text',
  'trend',
]
const PLAIN = ['text']

/** What a panel's dashboard has. */
export interface Around {
  readonly naming: Dialect['name']
  readonly known: Catalogue
  /** Variables that choose a data source. */
  readonly sources: ReadonlySet<string>
  readonly tell: Tell
}

/** What is wrong with a panel that is no row. */
export function lintPanel(panel: Panel, around: Around): void {
  const { title, description = '', type, targets = [], fieldConfig, options } = panel
  const { sources } = around
  const where = `${panel.id} ${title}`
  const tell = (problem: string): void => around.tell(where, problem)
  if (title === '') tell('has no title')
  if (title.length > MOST.title) tell(`its title is longer than ${MOST.title}`)
  if (!TYPES.includes(type)) tell(`${type} is no panel of Grafana 10`)
  if (PLAIN.includes(type)) {
    if (((options as { content?: string } | undefined)?.content ?? '').length > MOST.content)
      tell(`its text is longer than ${MOST.content}`)
    return
  }
  if (description === '') tell('has no description')
  if (description.length > MOST.description) tell(`its description is longer than ${MOST.description}`)
  if (!fieldConfig?.defaults.unit) tell('has no unit')
  if (targets.length === 0) tell('asks nothing')
  const refIds = targets.map(({ refId }) => refId)
  if (new Set(refIds).size < refIds.length) tell('has two queries of one refId')
  const all = [panel, ...targets] as readonly { datasource?: { uid?: string } }[]
  for (const { datasource } of all) {
    const name = /^\$\{?(\w+)\}?$/.exec(datasource?.uid ?? '')?.[1] ?? ''
    if (!sources.has(name) && !/^-- \w+ --$/.test(datasource?.uid ?? ''))
      tell(`its data source is ${datasource?.uid ?? 'none'}, which is no variable`)
  }
  for (const target of targets as PanelTarget[])
    lintTarget(target, { panel, ...around, tell, alone: targets.length === 1 })
}

function lintTarget(
  { refId, ...target }: PanelTarget,
  {
    panel,
    naming,
    known,
    tell,
    alone,
  }: Omit<Around, 'tell'> & { panel: Panel; tell: (problem: string) => void; alone: boolean },
): void {
  const said = (problem: string): void => tell(`${refId || 'a query without refId'}: ${problem}`)
  const { expr, query, legendFormat, format, alias } = target as Partial<Record<string, string>>
  if (!refId) said('has no refId')
  if (naming === 'influxdb' && expr === undefined) {
    for (const problem of lintInfluxql(query ?? '', known)) said(problem)
    if (/GROUP BY[^)]*\)?.*"/.test(query ?? '') && !alias && panel.type === 'timeseries')
      said('has no alias, and its tags are shown')
    return
  }
  if (expr === undefined) {
    said('asks nothing')
    return
  }
  const { problems, given } = lintPromql(expr, known, { histograms: panel.type === 'heatmap' })
  for (const problem of problems) said(problem)
  if (problems.length > 0 || format === 'table' || panel.type === 'heatmap') return
  const { labels } = given
  if (!legendFormat && (!alone || labels === undefined || labels.size > 0)) said('has no legendFormat')
  for (const [, label = ''] of (legendFormat ?? '').matchAll(/\{\{\s*([^}\s]*)\s*\}\}/g))
    if (labels && !labels.has(label)) said(`its legend has the label ${label}, which its series have not`)
}
