import type { FailureEvent, PageEvent } from '../../../lib/catalog.ts'
import type { FailureGroup, Weighted } from './weigh.ts'

/** Pictures that a run keeps and a failure has, and lines of a page's console of a failure. */
const MAX_KEPT = 20
const MAX_PICTURES = 3
const MAX_LINES = 10

/** How the library marks what a page in a browser told, and how a socket and a stream of gRPC ended. */
const TOLD = /^(?:PageError|SocketError|CallError): /
/** Errors of the script's own, wherever they are thrown. */
const OWN_ERROR = /^(TypeError|ReferenceError|RangeError|UsageError|InternalError|SyntaxError)\b/

type Place = Pick<PageEvent, 'journey' | 'step'>
const isAt = (page: Place, { journey, step }: Partial<Place>): boolean =>
  page.journey === journey && page.step === step

/**
 * Whether a failure is an error of what is tested, and no exception of the script's: a page told it, a socket or a stream
 * ended so, or a step on a page waited in vain.
 */
export const isOfTarget = (failure: FailureEvent, pages: readonly PageEvent[]): boolean =>
  failure.kind === 'error' &&
  !OWN_ERROR.test(failure.what) &&
  (TOLD.test(failure.what) || pages.some((page) => isAt(page, failure)))

/** Adds what pages looked like to the failures of the same iteration and step; else to the most frequent one of the step. */
export function addPages(groups: readonly FailureGroup[], pages: readonly PageEvent[]): void {
  let kept = 0
  for (const page of pages) {
    const near = groups.filter(({ cluster }) => isAt(page, cluster))
    const group = near.find(({ events }) => events.some(isSame(page))) ?? near[0]
    if (group === undefined) continue
    const known = (group.cluster.page ??= { url: page.url, pictures: [], console: [] })
    if (page.picture !== undefined && known.pictures.length < MAX_PICTURES && kept < MAX_KEPT) {
      known.pictures.push(page.picture)
      kept++
    }
    const lines = [...new Set([...known.console, ...page.console])]
    known.console = lines.slice(0, MAX_LINES)
  }
  for (const { cluster } of groups) cluster.what = cluster.what.replace(TOLD, '')
}

const isSame =
  ({ vu, iteration }: PageEvent) =>
  (event: Weighted): boolean =>
    event.vu === vu && event.iteration === iteration
