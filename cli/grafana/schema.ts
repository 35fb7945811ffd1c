import type * as grafana from '@grafana/schema'

/** A type of Grafana's, with the values of its enums as plain text and numbers. */
type Plain<T> = unknown extends T
  ? unknown
  : T extends string
    ? `${T}`
    : T extends number
      ? `${T}` extends `${infer Value extends number}`
        ? Value
        : number
      : T extends boolean | null | undefined
        ? T
        : T extends readonly (infer Item)[]
          ? Plain<Item>[]
          : { [Key in keyof T]: Plain<T[Key]> }

/** Grafana's classic dashboard, which every version from 10 to 13 imports. */
export type Dashboard = Plain<grafana.Dashboard>
/** `definition` is in every dashboard that Grafana saves, and not in its types. */
export type DashboardVariable = Plain<grafana.VariableModel> & { definition?: string }
export type AnnotationQuery = Plain<grafana.AnnotationQuery>
export interface PanelThreshold {
  color: string
  value: number | null
}
/** Where a panel lies: 24 columns, rows of 30 pixels. */
export interface GridPos {
  h: number
  w: number
  x: number
  y: number
}
/** A panel that asks something, as opposed to a row of them. */
export type Panel = Plain<grafana.Panel> & { id: number; title: string; type: string; gridPos: GridPos }
export type Row = Plain<grafana.RowPanel>

/** What a panel asks of its data source: its fields are the data source's own. */
export type PanelTarget = { refId: string; datasource: DataSource } & Record<string, unknown>

/** A data source by type, and by uid or `${variable}`. */
export interface DataSource {
  type: string
  uid: string
}
