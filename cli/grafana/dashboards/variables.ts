import type { Dialect } from '../question.ts'
import type { DataSource, DashboardVariable } from '../schema.ts'

/** Where a variable is shown: in the bar; nowhere; in the menu of controls, which Grafana has from 12.3 on. */
export const SHOWN = { inBar: 0, nowhere: 2, inMenu: 3 } as const

/**
 * A data source, chosen among those of a type; in the bar unless told. At first it is the one that `first` names; where
 * there is none of that uid, Grafana takes the first of the type.
 */
export const sourceVariable = (
  name: string,
  label: string,
  type: string,
  {
    hide = SHOWN.inBar,
    first,
  }: Pick<DashboardVariable, 'hide'> & { first?: { name: string; uid: string } } = {},
): DashboardVariable => ({
  name,
  label,
  type: 'datasource',
  query: type,
  refresh: 1,
  hide,
  regex: '',
  multi: false,
  includeAll: false,
  options: [],
  ...(first ? { current: { text: first.name, value: first.uid, selected: true } } : {}),
})

const ALL = { text: ['All'], value: ['$__all'] }

/** Any values of a label of series that are not k6's; "All" at first, which is the pattern `all`. */
export const labelVariable = (
  datasource: DataSource,
  {
    name,
    title,
    query,
    all,
    hide = SHOWN.inBar,
  }: Pick<DashboardVariable, 'hide'> & { name: string; title: string; query: string; all: '.*' | '.+' },
): DashboardVariable => ({
  name,
  label: title,
  type: 'query',
  datasource,
  query: { query, refId: name },
  definition: query,
  refresh: 2,
  hide,
  regex: '',
  sort: 1,
  multi: true,
  includeAll: true,
  allValue: all,
  options: [],
  current: ALL,
})

/** A variable with the values of a label; `all` where it may be any. */
export function valuesVariable(
  dialect: Dialect,
  label: string,
  {
    title,
    where,
    all = false,
    query = dialect.values(label, where),
    name = label,
  }: {
    title: string
    where?: Readonly<Record<string, string>>
    /** Also "All", at first. */
    all?: boolean
    query?: string
    name?: string
  },
): DashboardVariable {
  return {
    name,
    label: title,
    type: 'query',
    datasource: dialect.datasource,
    query: dialect.language === 'promql' ? { query, refId: name } : query,
    definition: query,
    refresh: 2,
    hide: 0,
    regex: '',
    multi: all,
    includeAll: all,
    options: [],
    // Newest first: a run's id holds its time.
    sort: label === 'testid' ? 2 : 1,
    ...(all
      ? // In both languages this matches also what has no such label.
        { allValue: '.*', current: ALL }
      : {}),
  }
}
