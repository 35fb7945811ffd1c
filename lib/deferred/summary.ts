/** What k6 hands to `handleSummary`, as far as it is read here (its legacy shape, the default in k6 2.2). */
export interface SummaryData {
  metrics: Record<
    string,
    { type: string; values: Record<string, number>; thresholds?: Record<string, unknown> }
  >
}

/** The metrics with a threshold and without one sample, which k6's own text shows as passed. */
export const unmeasured = ({ metrics }: SummaryData): string[] =>
  Object.entries(metrics)
    .filter(
      ([, { type, values, thresholds = {} }]) =>
        Object.keys(thresholds).length > 0 &&
        (type === 'trend' ? values.count === 0 : type === 'rate' && !values.passes && !values.fails),
    )
    .map(([metric]) => metric)
