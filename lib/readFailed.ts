import type { Failed } from './deferred/index.ts'
import type { AnyResponse } from './predicates.ts'

/** Reads of a response that failed why it did, for a door that knows what its body is; undefined where it does not say. */
export type ReadFailed = (response: AnyResponse) => Failed | undefined
