import { callsOf } from './calls.ts'
import { operationsOf } from './operations.ts'
import { pageRequests, pagesOf } from './pages.ts'
import { regionsOf } from './regions.ts'
import type { RunRecord } from './runRecord.ts'
import { socketsOf } from './sockets.ts'
import { spansOf } from './spans.ts'
import type { Store } from './store.ts'

type Keys = 'pages' | 'pageRequests' | 'sockets' | 'calls' | 'operations' | 'spans' | 'regions'

/** What a record has by the names that scripts give, in the judged phases: only of what there was. */
export function namedFigures(store: Store, judged: readonly string[]): Pick<RunRecord, Keys> {
  const all: Required<Pick<RunRecord, Keys>> = {
    pages: pagesOf(store, judged),
    pageRequests: pageRequests(store, judged),
    sockets: socketsOf(store, judged),
    calls: callsOf(store, judged),
    operations: operationsOf(store, judged),
    spans: spansOf(store, judged),
    regions: regionsOf(store, judged),
  }
  return Object.fromEntries(Object.entries(all).filter(([, list]) => list.length > 0))
}
