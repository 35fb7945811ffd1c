import type { Histogram, Labels } from '../prometheus/index.ts'
import type { Increase } from './segments.ts'

/** A series by its Prometheus name and its labels; the same object for as long as its store lives. */
export interface Identity {
  readonly name: string
  readonly labels: Labels
  /** The k6 that sends it: the tags by which several tell themselves apart. */
  readonly instance: string
  /** When its first sample was taken, ms since 1970; a late point may lower it. */
  readonly first: number
}

/** What a push added to a series: a state is the sum of its changes, and so are windows and files. Times in ms. */
export type Change = { readonly series: Identity } & (
  | ({ readonly kind: 'counter' } & Increase<number>)
  | ({ readonly kind: 'histogram' } & Increase<Histogram>)
  | { readonly kind: 'gauge'; readonly at: number; readonly value: number }
)
