/** Functions of Prometheus 2.42 whose first vector is over a range. */
export const RANGED: readonly string[] = [
  ...['rate', 'increase', 'irate', 'delta', 'idelta', 'deriv', 'predict_linear', 'resets', 'changes'],
  ...['avg', 'min', 'max', 'sum', 'count', 'quantile', 'stddev', 'stdvar', 'last', 'present', 'absent'].map(
    (each) => `${each}_over_time`,
  ),
]

/** Of counters, and of histograms: what makes them a value of their time. */
export const RATES: readonly string[] = ['rate', 'increase', 'irate']

/** What asks of a counter or a histogram only whether, how often or when there is one. */
export const PRESENCE: readonly string[] = [
  ...['count_over_time', 'present_over_time', 'absent_over_time', 'absent', 'timestamp', 'changes', 'resets'],
  ...['count', 'group'],
]

/** Functions that read native histograms. */
export const OF_HISTOGRAMS: readonly string[] = [
  ...['histogram_quantile', 'histogram_count', 'histogram_sum', 'histogram_fraction'],
]

/** All other functions of Prometheus 2.42 (promql/parser/functions.go) that are no part of trigonometry. */
const OTHERS: readonly string[] = [
  ...[
    'abs',
    'absent',
    'ceil',
    'clamp',
    'clamp_max',
    'clamp_min',
    'day_of_month',
    'day_of_week',
    'day_of_year',
  ],
  ...[
    'days_in_month',
    'exp',
    'floor',
    'hour',
    'label_join',
    'label_replace',
    'ln',
    'log10',
    'log2',
    'minute',
  ],
  ...['month', 'round', 'scalar', 'sgn', 'sort', 'sort_desc', 'sqrt', 'time', 'timestamp', 'vector', 'year'],
]

/** What a query may call, so that Prometheus 2.42 knows it. */
export const KNOWN: ReadonlySet<string> = new Set([...RANGED, ...OF_HISTOGRAMS, ...OTHERS])

/** Aggregations of Prometheus 2.42. */
export const AGGREGATIONS: ReadonlySet<string> = new Set([
  ...[
    'sum',
    'avg',
    'min',
    'max',
    'count',
    'group',
    'stddev',
    'stdvar',
    'topk',
    'bottomk',
    'quantile',
    'count_values',
  ],
])

/** Aggregations that keep the series they choose, with all their labels. */
export const CHOOSING: readonly string[] = ['topk', 'bottomk']
