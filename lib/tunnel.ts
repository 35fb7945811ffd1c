import { deferred } from './deferred/index.ts'
import type { AnyResponse } from './predicates.ts'

/** Where a response was made: by the target, or by the tunnel in front of it. */
export const origin = (response: AnyResponse): 'target' | 'tunnel' =>
  deferred().tunnelError(response) === undefined ? 'target' : 'tunnel'
