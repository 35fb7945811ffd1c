import { layout, type RowSpec } from '../layout.ts'
import { METRICS_SOURCE } from '../provisioning/datasources.ts'
import type { Dialect } from '../question.ts'
import type { AnnotationQuery, Dashboard, DashboardVariable } from '../schema.ts'
import { sourceVariable } from './variables.ts'

/** What differs between dashboards. */
export interface DashboardSpec {
  /** Its file's name, and the end of its uid. */
  readonly name: 'run' | 'compare' | 'history' | 'continuous'
  readonly title: string
  readonly description: string
  readonly variables: readonly DashboardVariable[]
  /** Beside the list of the other dashboards. */
  readonly links?: readonly DashboardLinkTo[]
  readonly annotations?: readonly AnnotationQuery[]
  readonly rows: readonly RowSpec[]
  /** The time that is shown at first. */
  readonly from?: string
  readonly refresh?: string
}

/** A link at a dashboard's head, which carries its variables. */
export interface DashboardLinkTo {
  readonly title: string
  readonly url: string
  readonly tooltip: string
}

/** A link to the same dashboard over an exact time: Grafana's time picker cannot follow a variable. */
export const exactTime = (
  dialect: Dialect,
  name: DashboardSpec['name'],
  { title, tooltip, from, to }: Omit<DashboardLinkTo, 'url'> & { readonly from: string; readonly to: string },
): DashboardLinkTo[] =>
  dialect.language === 'promql'
    ? [{ title, url: `/d/${uidOf(name, dialect)}?from=${from}&to=${to}`, tooltip }]
    : []

/** The uid of a dashboard: the same for ever, since links name it. */
export const uidOf = (name: DashboardSpec['name'], dialect: Pick<Dialect, 'name'>): string =>
  `loadwright-${name}-${dialect.name}`

/** A dashboard around its rows: links to the others, the data source, and what Grafana wants of every one. */
export function frame(dialect: Dialect, spec: DashboardSpec): Dashboard {
  const { name, title, description, variables, annotations = [], rows, from = 'now-1h', refresh = '' } = spec
  const { links = [] } = spec
  return {
    uid: uidOf(name, dialect),
    title: `loadwright · ${title} (${dialect.title})`,
    description,
    tags: ['loadwright', 'k6', dialect.name],
    schemaVersion: 39,
    version: 1,
    editable: true,
    graphTooltip: 1,
    timezone: 'browser',
    time: { from, to: 'now' },
    refresh,
    links: [
      {
        type: 'dashboards' as const,
        title: 'loadwright',
        tags: ['loadwright', dialect.name],
        url: '',
        asDropdown: true,
        icon: 'external link',
        includeVars: true,
        keepTime: true,
        targetBlank: false,
        tooltip: 'The other dashboards of this naming',
      },
      ...links.map((link) => ({ ...LINK, ...link })),
    ],
    templating: {
      list: [
        sourceVariable('datasource', 'Data source', dialect.datasource.type, {
          first: METRICS_SOURCE[dialect.language],
        }),
        ...variables,
      ],
    },
    annotations: { list: [...annotations] },
    panels: layout(rows),
  }
}

const LINK = {
  type: 'link',
  icon: 'dashboard',
  tags: [],
  asDropdown: false,
  includeVars: true,
  keepTime: false,
  targetBlank: false,
} satisfies Partial<NonNullable<Dashboard['links']>[number]>
