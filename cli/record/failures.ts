import type { FailureEvent } from '../../lib/catalog.ts'

/** Failures with one cause: the same place, the same thing that went wrong, from the same side. */
export interface FailureCluster extends Pick<
  FailureEvent,
  'journey' | 'step' | 'kind' | 'what' | 'expected' | 'got' | 'status' | 'code' | 'origin'
> {
  /** The name of the last request before it, most often. */
  request?: string
  count: number
  /** k6's own counters say that it was `count` times; else it was at least so often. */
  exact: boolean
  /** When the first and the last one that was reported happened, ISO 8601 in UTC. */
  first?: string
  last?: string
  /** The phases in which it happened, most often first. */
  phases: string[]
  /** Rows in use when it happened, `pool=label`, most often first, at most ten. */
  rows: string[]
  /** Traces to look at, at most three. */
  trace_ids: string[]
  /** The beginning of a response's body, as a person reads it. */
  excerpt?: string
  /** What the page looked like, where a step in a browser failed. */
  page?: FailedPage
  /** What followed from these failures and is no failure of its own: checks on those responses, errors after them. */
  consequences?: Consequence[]
  /** What these failures have in common beyond their cause, in a sentence. */
  explanation?: string
}

/** What a page looked like when a step on it failed. */
export interface FailedPage {
  /** Where it was, without what may be a secret. */
  url: string
  /** Files in the run's folder `pictures`, at most three. */
  pictures: string[]
  /** The last errors of its console, each once, at most ten. */
  console: string[]
}

/** A check that did not hold since its request had failed, or an error for the same reason. */
export interface Consequence {
  kind: 'check' | 'error'
  what: string
  count: number
}

/** A place in a file of an author's, from the project's folder. Line and column from 1. */
export interface SourcePlace {
  file: string
  line: number
  column?: number
}

/** What scripts threw at one place, with one text. */
export interface ExceptionCluster {
  /** One line, such as `TypeError: Cannot read property '0' of undefined`. */
  message: string
  /** How often: of a journey's at least, which reports the 1st, 2nd, 4th, 8th … of a VU's. */
  count: number
  /** It was so often, by k6's log. */
  exact?: true
  /** Iterations that it ended, or went on without; absent where it was thrown outside of them. */
  iterations?: number
  journey?: string
  step?: string
  /** The name of the last request before it. */
  request?: string
  /** Where the author's code threw it, or called what did. */
  source?: SourcePlace
  /** A mistake in the test: no failed request or check of the same iteration explains it. */
  bug: boolean
  /** Something had failed before, which may explain it. */
  follows?: true
}
