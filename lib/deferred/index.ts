import { capPace } from './capPace.ts'
import { failChecks, failJourney, failRequest } from './failure.ts'
import { follow } from './follow.ts'
import { addTarget, urlOf } from './hosts.ts'
import { checkName } from './journeyName.ts'
import { seeded } from './random.ts'
import { nameRun } from './runName.ts'
import { reading, refuse } from './settings.ts'
import { silent } from './silent.ts'
import { isSinglePass, timeFor } from './singlePass.ts'
import { beginRequest, collect, endStep, spanned } from './spans.ts'
import { quarantine, runDefault, suiteParts } from './suite.ts'
import { tunnelError } from './tunnel.ts'

export type { Failed } from './failure.ts'
export type { Shared } from './suite.ts'

interface Spans {
  beginRequest: typeof beginRequest
  collect: typeof collect
  endStep: typeof endStep
  spanned: typeof spanned
}

const all = {
  reading,
  refuse,
  suiteParts,
  addTarget,
  capPace,
  checkName,
  follow,
  isSinglePass,
  nameRun,
  quarantine,
  runDefault,
  seeded,
  silent,
  timeFor,
  tunnelError,
  urlOf,
  failChecks,
  failJourney,
  failRequest,
  // The constant itself: the build leaves out what never runs.
  ...(globalThis.LOADWRIGHT_SPANS !== false ? { beginRequest, collect, endStep, spanned } : ({} as Spans)),
}

/**
 * What init, setup, a single pass and a failure need, and an iteration that goes well does not. The build evaluates
 * this module, and all that only it imports, at the first call: a VU that never calls holds none of their functions
 * and tables, and there may be thousands of VUs. It also shortens the names: write `deferred().name`, and nothing else.
 */
export const deferred = (): typeof all => all
