import type { Failed } from './deferred/index.ts'
import type { AnyResponse } from './predicates.ts'

/** What is told of a response that was not expected, for a door that knows what its body is; undefined where nothing is. */
export type ReadFailed = (response: AnyResponse) => Failed | undefined
