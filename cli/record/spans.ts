import { series } from './query.ts'
import { trendOf, type TrendFigures } from './signalFigures.ts'
import type { Store } from './store.ts'
import type { Where } from './where.ts'

/** What an author's `span` took of one name in a step, in the judged phases; times in ms. */
export interface SpanFigures extends TrendFigures {
  journey?: string
  step?: string
  span: string
  count: number
}

/** Spans that a record keeps: names with ids in them are a mistake of the author's. */
const MAX_SPANS = 50
/** The library's metric of them. */
export const SPAN_DURATION = 'span_duration'

/** The spans of each step by name, in the order in which they were first seen. */
export function spansOf(store: Store, judged: readonly string[]): SpanFigures[] {
  const phases: Where = judged.length > 0 ? { phase: [...judged, ''] } : {}
  const keys = series(store, SPAN_DURATION, phases)
    .sort((a, b) => a.first - b.first)
    .map(({ labels: { journey = '', step = '', span = '' } }) => JSON.stringify([journey, step, span]))
  return [...new Set(keys)].slice(0, MAX_SPANS).map((key) => {
    const [journey = '', step = '', span = ''] = JSON.parse(key) as string[]
    const { count, figures } = trendOf(store, SPAN_DURATION, { ...phases, journey, step, span })
    return {
      ...(journey === '' ? {} : { journey }),
      ...(step === '' ? {} : { step }),
      span,
      count,
      ...figures,
    }
  })
}
