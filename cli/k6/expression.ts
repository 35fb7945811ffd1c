/** A threshold's expression, taken apart as k6 does. */
export interface ThresholdExpression {
  /** `p(95)`, `rate`. */
  aggregation: string
  /** The share that a quantile names, 0 to 1: of `p(95)` 0.95, of `med` 0.5; absent of any other aggregation. */
  quantile?: number
  operator: '<' | '<=' | '>' | '>=' | '==' | '===' | '!='
  /** In the unit in which k6 writes the metric. */
  limit: number
}

const EXPRESSION =
  /^\s*(count|rate|value|avg|min|max|med|p\((\d+(?:\.\d+)?)\))\s*(<=?|>=?|===?|!=)\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*$/

/** Takes a threshold's expression apart; undefined where k6 would not read it. */
export function parseExpression(text: string): ThresholdExpression | undefined {
  const [, aggregation = '', percent, operator, limit] = EXPRESSION.exec(text) ?? []
  if (operator === undefined) return undefined
  const quantile = percent === undefined ? (aggregation === 'med' ? 0.5 : undefined) : Number(percent) / 100
  if (quantile !== undefined && quantile > 1) return undefined
  return {
    aggregation,
    ...(quantile === undefined ? {} : { quantile }),
    operator: operator as ThresholdExpression['operator'],
    limit: Number(limit),
  }
}

/** Whether a value keeps to a threshold. */
export function holds(
  value: number,
  { operator, limit }: Pick<ThresholdExpression, 'operator' | 'limit'>,
): boolean {
  switch (operator) {
    case '<':
      return value < limit
    case '<=':
      return value <= limit
    case '>':
      return value > limit
    case '>=':
      return value >= limit
    case '!=':
      return value !== limit
    default:
      return value === limit
  }
}
