import type { SeriesType } from './catalogue.ts'

/**
 * What a part of a query gives: a `value`; `histograms` (native) or `buckets` (classic) of a time, which are to be read by
 * a histogram function; or series as they are, which for a counter says nothing.
 */
export interface Given {
  readonly is: 'value' | 'text' | 'histograms' | 'buckets' | `raw ${SeriesType}`
  readonly range?: boolean
  /** Undefined where any may be there. */
  readonly labels?: ReadonlySet<string> | undefined
}

/** Tells what is wrong. */
export type Tell = (problem: string) => void

/** A number. */
export const VALUE: Given = { is: 'value', labels: new Set() }

/** What may be shown, added or compared: a problem is told where it is none. */
export function settled(given: Given, what: string, tell: Tell): Given {
  const { is, range } = given
  if (range) tell(`${what} takes a range`)
  if (is === 'raw counter') tell(`${what} takes a bare counter: use rate(), or last_over_time() for a total`)
  if (is === 'raw native' || is === 'histograms')
    tell(`${what} takes native histograms, which are no numbers`)
  if (is === 'raw buckets')
    tell(`${what} takes buckets as they are: use rate(), or last_over_time() for a total`)
  return { ...given, is: 'value', range: false }
}

/** Labels, and others. */
export const plus = (labels: Given['labels'], more: Iterable<string>): Given['labels'] =>
  labels && new Set([...labels, ...more])

/** Labels, without some. */
export const minus = (labels: Given['labels'], fewer: readonly string[]): Given['labels'] =>
  labels && new Set([...labels].filter((label) => !fewer.includes(label)))
