import type { Panel } from '../schema.ts'
import type { TargetsAsked } from '../panels.ts'
import type { Dialect, Question } from '../question.ts'

/** A step in which Grafana joins, names or reckons the columns of a table. */
export type Transformation = NonNullable<Panel['transformations']>[number]

/** A column of a table of instant values: what is asked for it, and what it is called. */
export interface Column {
  readonly name: string
  readonly asking: TargetsAsked
}

/** The columns that this dialect can answer, and the first transformations of their table: joined and named. */
export function columnsOf(
  dialect: Dialect,
  columns: readonly Column[],
): { names: string[]; asking: TargetsAsked[]; transformations: Transformation[] } {
  const answered = columns.filter(({ asking }) => !('ask' in asking) || dialect.ask(asking as Question))
  // How Grafana calls the value of a query, where a table has several, and where it has one.
  const called = (at: number): string =>
    answered.length > 1 ? `Value #${String.fromCharCode(65 + at)}` : 'Value'
  const rename = Object.fromEntries(answered.map(({ name }, at) => [called(at), name]))
  return {
    names: answered.map(({ name }) => name),
    asking: answered.map(({ asking }) => ('ask' in asking ? asking : { ...ONCE, ...asking })),
    transformations: [merged, organized({ rename, without: ['Time'] })],
  }
}

const ONCE = { instant: true, range: false, format: 'table' } as const

/** Rows of several queries that have the same labels become one. */
export const merged: Transformation = { id: 'merge', options: {} }

/** Names columns, orders them, and leaves some out. */
export const organized = ({
  rename = {},
  order = [],
  without = [],
}: {
  rename?: Readonly<Record<string, string>>
  order?: readonly string[]
  without?: readonly string[]
}): Transformation => ({
  id: 'organize',
  options: {
    excludeByName: Object.fromEntries(without.map((name) => [name, true])),
    indexByName: Object.fromEntries(order.map((name, at) => [name, at])),
    renameByName: { ...rename },
  },
})

/** A new column, made of two others. */
export const reckoned = (
  alias: string,
  left: string,
  operator: '-' | '/' | '*',
  right: string,
): Transformation => ({
  id: 'calculateField',
  options: {
    mode: 'binary',
    alias,
    binary: { left, operator, right },
    reduce: { reducer: 'sum' },
    replaceFields: false,
  },
})

/** Rows by a column, the lowest first unless told. */
export const sortRows = (field: string, desc = false): Transformation => ({
  id: 'sortBy',
  options: { fields: {}, sort: [{ field, desc }] },
})
