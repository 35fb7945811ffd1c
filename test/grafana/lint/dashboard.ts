import { dashboardParts } from '../../../cli/grafana/panelsOf.ts'
import type { Dialect } from '../../../cli/grafana/question.ts'
import type { Dashboard, GridPos, Panel, Row } from '../../../cli/grafana/schema.ts'
import type { Catalogue } from './catalogue.ts'
import { variablesIn } from './fill.ts'
import { linkProblems, textsIn, type Places, type Tell } from './finding.ts'
import { lintInfluxql } from './influxql.ts'
import { lintPanel } from './panel.ts'
import { lintPromql, lintVariable } from './promql.ts'

/** What is looked at beside a dashboard. */
export interface Beside {
  readonly naming: Dialect['name']
  readonly known: Catalogue
  readonly places: Places
  readonly tell: Tell
}

/** Transformations that Grafana 10 has. */
const TRANSFORMATIONS = [
  ...[
    'calculateField',
    'concatenate',
    'convertFieldType',
    'filterByRefId',
    'filterByValue',
    'filterFieldsByName',
  ],
  ...['groupBy', 'joinByField', 'joinByLabels', 'labelsToFields', 'limit', 'merge', 'organize', 'reduce'],
  ...[
    'renameByRegex',
    'rowsToFields',
    'seriesToRows',
    'sortBy',
    'seriesToColumns',
    'configFromData',
    'heatmap',
  ],
  ...['groupingToMatrix', 'extractFields', 'prepareTimeSeries', 'partitionByValues'],
]

/** What is wrong in a dashboard. */
export function lintDashboard(dashboard: Dashboard, beside: Beside): void {
  const { places, tell } = beside
  const { uid, title, description, schemaVersion, templating: { list: variables = [] } = {} } = dashboard
  const { rows, panels } = dashboardParts(dashboard)
  if (!uid || uid.length > 40) tell('dashboard', 'has no uid of 1 to 40 characters')
  if (!title) tell('dashboard', 'has no title')
  if (!description) tell('dashboard', 'has no description')
  if (schemaVersion !== 39) tell('dashboard', `its schemaVersion is ${schemaVersion}, not 39`)
  const ids = [...rows, ...panels].map(({ id }) => id)
  for (const id of new Set(
    ids.filter((one, at) => !Number.isInteger(one) || one < 1 || ids.indexOf(one) < at),
  ))
    tell(`panel ${id}`, 'its id is not unique, or no whole number above 0')
  const sources = new Set(variables.filter(({ type }) => type === 'datasource').map(({ name }) => name))
  for (const panel of panels) {
    lintPanel(panel, { ...beside, sources })
    for (const { id } of (panel.transformations ?? []) as readonly { id: string }[])
      if (!TRANSFORMATIONS.includes(id))
        tell(`${panel.id} ${panel.title}`, `${id} is no transformation of Grafana 10`)
  }
  placesOverlap(dashboard, tell)
  variableProblems(dashboard, beside)
  for (const { name = '', ...annotation } of dashboard.annotations?.list ?? []) {
    const { expr, query } = annotation as { expr?: string; query?: string }
    if (expr !== undefined)
      for (const problem of lintPromql(expr, beside.known).problems) tell(`annotation ${name}`, problem)
    else if (query !== undefined)
      for (const problem of lintInfluxql(query, beside.known)) tell(`annotation ${name}`, problem)
  }
  for (const { path, text } of textsIn(dashboard))
    for (const problem of linkProblems(text, places)) tell(path, problem)
}

function placesOverlap(dashboard: Dashboard, tell: Tell): void {
  const all = (dashboard.panels ?? []) as (Panel | Row)[]
  for (const level of [all, ...dashboardParts(dashboard).rows.map(({ panels }) => panels as Panel[])]) {
    for (const [at, one] of level.entries()) {
      const grid = one.gridPos as GridPos | undefined
      const where = `${one.id} ${one.title ?? ''}`
      if (!grid || grid.x < 0 || grid.w < 1 || grid.h < 1 || grid.x + grid.w > 24) {
        tell(where, 'lies outside of the 24 columns')
        continue
      }
      const other = level.slice(0, at).find((each) => overlap(grid, each.gridPos as GridPos))
      if (other) tell(where, `lies over ${other.id} ${other.title ?? ''}`)
    }
  }
}

const overlap = (a: GridPos, b: GridPos): boolean =>
  a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h

function variableProblems(dashboard: Dashboard, { naming, known, tell }: Beside): void {
  const { templating: { list: variables = [] } = {}, ...rest } = dashboard
  const declared = new Set(variables.map(({ name }) => name))
  const usedIn = (value: unknown): string[] => textsIn(value).flatMap(({ text }) => variablesIn(text))
  const used = new Set([...usedIn(rest), ...variables.flatMap((one) => usedIn(one))])
  const repeated = dashboardParts(dashboard).panels.flatMap(({ repeat }) => (repeat ? [repeat] : []))
  for (const name of used) if (!declared.has(name)) tell(`$${name}`, 'is used, and no variable')
  for (const name of declared)
    if (!used.has(name) && !repeated.includes(name)) tell(`$${name}`, 'is a variable that nothing uses')
  if (declared.size < variables.length) tell('variables', 'two have one name')
  for (const { name, type, query: given, label } of variables) {
    if (!label) tell(`$${name}`, 'has no label')
    if (type !== 'query') continue
    const query = typeof given === 'string' ? given : ((given as { query?: string } | undefined)?.query ?? '')
    const problems =
      naming === 'influxdb' && !/^\w+\(/.test(query) ? lintInfluxql(query, known) : lintVariable(query, known)
    for (const problem of problems) tell(`$${name}`, problem)
  }
}
