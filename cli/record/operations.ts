import { namedPlaces } from './namedPlaces.ts'
import { countsOf, trendOf, type TrendFigures } from './signalFigures.ts'
import { OPERATIONS, REQUESTS } from './signals.ts'
import type { Store } from './store.ts'

/** The GraphQL operations of one name in a journey, in the judged phases; times in ms, of the requests that carried them. */
export interface OperationFigures extends TrendFigures {
  journey?: string
  operation: string
  count: number
  /** Those whose answer had errors that were not expected, whatever its status was. */
  failed: number
}

/** The GraphQL operations of each journey by name, in the order in which they were first seen. */
export const operationsOf = (store: Store, judged: readonly string[]): OperationFigures[] =>
  namedPlaces(store, [OPERATIONS.all.metric], judged).map(({ journey, name, where }) => {
    // Where requests keep their URL, operations have none.
    const { url: _, ...ofRequests } = where
    return {
      ...(journey === '' ? {} : { journey }),
      operation: name,
      ...countsOf(store, OPERATIONS, where),
      ...trendOf(store, REQUESTS.trend, ofRequests).figures,
    }
  })
