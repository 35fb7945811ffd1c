import { named } from './named.ts'
import type { Dialect, Question } from './question.ts'
import type { DataSource, PanelTarget } from './schema.ts'

/** A query that no question says, with the fields of its data source. */
export type Query = Readonly<Record<string, unknown>> & { readonly datasource?: DataSource }

/** What a panel asks: a question, or a query. */
export type TargetsAsked = Question | Query

/** A panel's targets; what a dialect cannot answer is left out. */
export function panelTargets(
  dialect: Dialect,
  asking: readonly TargetsAsked[],
  inColumns: boolean,
): PanelTarget[] {
  return asking.flatMap((one, at) => {
    // A query keeps its letter where another cannot be asked: overrides and transformations name it.
    const refId = String.fromCharCode(65 + at)
    const column = asking.length > 1 ? `Value #${refId}` : 'Value'
    const fields = isQuestion(one) ? answered(dialect, one, inColumns ? column : undefined) : one
    return fields ? [{ refId, datasource: dialect.datasource, ...fields }] : []
  })
}

/** Whether it is a question, not a query. */
export const isQuestion = (asking: TargetsAsked): asking is Question => 'ask' in asking

/** The fields of a question's query, for a table with the name of its `column`; undefined where there is no answer. */
function answered(dialect: Dialect, question: Question, column?: string): Query | undefined {
  const query = dialect.ask(question)
  if (query === undefined) return undefined
  const { by = [], over } = question
  const { legend = by.map((label) => `{{${label}}}`).join(' · ') } = question
  if (dialect.language === 'influxql') {
    const alias = legend.replace(/\{\{(\w+)\}\}/g, '$tag_$1')
    // Columns are called as Prometheus' are: tables are written once for both.
    return column === undefined
      ? { query, rawQuery: true, alias, resultFormat: 'time_series' }
      : { query: query.replace(' AS "value"', ` AS "${column}"`), rawQuery: true, resultFormat: 'table' }
  }
  const isBuckets = question.ask === 'buckets'
  // A histogram's buckets come as one series each where they are not native.
  const format = isBuckets && query.includes('(le)') ? 'heatmap' : over === 'run' ? 'table' : 'time_series'
  const legendFormat = isBuckets ? '{{le}}' : legend
  const expr = isBuckets ? query : named(query, by)
  return { expr, legendFormat, range: over === 'time', instant: over === 'run', format }
}
