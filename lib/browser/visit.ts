import type { Page } from 'k6/browser'

/** What went wrong on a page, as the browser tells it. */
export interface PageProblem {
  /**
   * A document, the page's own or one of the target in a frame, that came with a status of 400 or more; an error that no
   * script caught; a box that stopped the page.
   */
  readonly kind: 'status' | 'script' | 'dialog'
  readonly text: string
  /** Of a document alone. */
  readonly status?: number
}

/** The page that a journey has open: where it goes, and what it has told since the step began. */
export interface Visit {
  readonly page: Page
  /** Where the target is: scheme, host, and path before that of each page. */
  readonly base: string
  /** What of its problems fails no step. */
  readonly ignore: (problem: PageProblem) => boolean
  /** Problems that no step has told of yet. */
  problems: PageProblem[]
  /** Is told of a problem when it comes. */
  onProblem?: (() => void) | undefined
  /** Is told that the document is asked for. */
  onDocument?: (() => void) | undefined
  /** The last lines of the page's console that are errors. */
  console: string[]
  /** The step that ended last. */
  last?: string
  /** The addresses that scripts gave to the document that is open, without another one being loaded. */
  routes: Set<string>
  /** The address that the document was loaded from. */
  loaded: string
  /** Another document was asked for, and has not come yet. */
  waiting: boolean
}

/** The page that is open now. */
export let visit: Visit | undefined

/** Opens a page; undefined closes it. */
export const setVisit = (next: Visit | undefined): void => {
  visit = next
}
