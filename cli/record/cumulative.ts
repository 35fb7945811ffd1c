import {
  assign,
  copyOf,
  increase,
  mergeInto,
  type Histogram,
  type OwnHistogram,
} from '../prometheus/index.ts'

/** How values that only grow are compared, added and kept; `Own` is one that its holder may change in place. */
export interface Cumulative<Value, Own extends Value = Value> {
  /** What came to the earlier value; undefined where the series began anew between the two. */
  increase(later: Value, earlier: Value): Value | undefined
  isNothing(value: Value): boolean
  /** A value of one's own. */
  own(value: Value): Own
  /** One's own value made the later one. */
  become(own: Own, later: Value): Own
  /** One's own value with something added to it. */
  addTo(own: Own, more: Value): Own
}

/** Counters add. */
export const counters: Cumulative<number> = {
  increase: (later, earlier) => (later < earlier ? undefined : later - earlier),
  isNothing: (value) => value === 0,
  own: (value) => value,
  become: (_, later) => later,
  addTo: (own, more) => own + more,
}

/** Histograms merge. */
export const histograms: Cumulative<Histogram, OwnHistogram> = {
  increase,
  isNothing: ({ count }) => count === 0,
  own: copyOf,
  become: (own, later) => {
    assign(own, later)
    return own
  },
  addTo: (own, more) => {
    mergeInto(own, more)
    return own
  },
}
