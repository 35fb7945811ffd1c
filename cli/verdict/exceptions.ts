import { basename, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FailureEvent, PageEvent, SetupEvent } from '../../lib/catalog.ts'
import { isOfTarget } from './forensics/failedPages.ts'
import { withoutIds } from './forensics/manyNames.ts'
import { weighed, type Weighted } from './forensics/weigh.ts'
import type { Locate } from './sources.ts'
import { defined } from '../base/index.ts'
import { abortOf, type StackFrame, type Thrown } from '../k6/index.ts'
import type { ExceptionCluster, SourcePlace } from '../record/index.ts'

/** What is known of a run's errors, and what tells their places. */
export interface ExceptionFacts {
  failures: readonly FailureEvent[]
  /** What pages looked like when steps on them failed: what happened there is no exception of the script's. */
  pages: readonly PageEvent[]
  thrown: readonly Thrown[]
  /** The bundle that k6 ran, and its places. */
  bundle: string
  locate?: Locate | undefined
  /** Failed requests of the run, which may cause as many errors of a plain script. */
  failedRequests: number
}

/** Exceptions that a record keeps. */
export const MAX_EXCEPTIONS = 20

/** Names of errors that say that a script is wrong; what `JSON.parse` throws tells as much of what it was given. */
const BUG = /^(TypeError|ReferenceError|RangeError|UsageError|InternalError)\b/
/** What a VU says once its failures have too many causes: no error of the script's. */
const NO_ERROR = /^failures of more than \d+ causes: /

/** Whether a VU had failures of so many causes that it stopped telling of them. */
export const isUncounted = (failures: readonly FailureEvent[]): boolean =>
  failures.some(({ what }) => NO_ERROR.test(what))

/** What scripts threw, by text and place, most frequent first. Texts that differ in numbers, ids and quoted values are one. */
export function exceptionsOf({
  failures,
  pages,
  thrown,
  bundle,
  locate,
  failedRequests,
}: ExceptionFacts): ExceptionCluster[] {
  const isException = (failure: FailureEvent): boolean =>
    failure.kind === 'error' && !NO_ERROR.test(failure.what) && !isOfTarget(failure, pages)
  const errors = weighed(failures.filter(isException))
  const mayFollow = failedRequests > 0 && failedRequests >= thrown.reduce((sum, { count }) => sum + count, 0)
  const all = [
    ...errors.map((event) => ofJourney(event, locate)),
    ...thrown.map((one) => {
      const told = ofLog(one, { bundle, locate })
      if (!(one.iteration ? mayFollow : failedRequests > 0)) return told
      return { ...told, bug: told.bug && !one.iteration, follows: true as const }
    }),
  ]
  const clusters = new Map<string, ExceptionCluster>()
  for (const one of all) {
    const { message, journey, step, source, bug } = one
    const key = JSON.stringify([shapeOf(message), journey, step, source?.file, source?.line, bug])
    const known = clusters.get(key)
    if (!known) clusters.set(key, one)
    else {
      known.count += one.count
      if (!one.exact) delete known.exact
      if (one.follows) known.follows = true
      if (one.iterations !== undefined) known.iterations = (known.iterations ?? 0) + one.iterations
    }
  }
  return [...clusters.values()].sort((a, b) => b.count - a.count)
}

/** A text without what may be another one each time. */
const shapeOf = (message: string): string => withoutIds(message.replace(/"[^"]*"|'[^']*'|“[^“”]*”/g, '"…"'))

function ofJourney(event: Weighted, locate: Locate | undefined): ExceptionCluster {
  const { what: message, weight: count, journey, step, request, stack, after } = event
  const source = placeIn(stack, locate)
  return {
    message,
    count,
    iterations: count,
    ...defined({ journey, step, request, source }),
    bug: after !== true && BUG.test(message),
    ...(after === true ? { follows: after } : {}),
  }
}

/** The author's place in a stack of positions in the bundle, `line:column` each. */
export function placeIn(stack = '', locate: Locate | undefined): SourcePlace | undefined {
  const places = stack.split(' ').map((place) => place.split(':').map(Number))
  return first(places, ([line, column]) => line && column && locate?.(line, column))
}

/** What an author's `setup` threw, and where. */
export function setupText({ error, stack }: SetupEvent, { locate }: { locate: Locate | undefined }): string {
  const source = placeIn(stack, locate)
  return source ? `${error} (${source.file}:${source.line})` : error
}

/** Why the script aborted the run, if one of k6's texts says so, and where. */
export function abortText(
  said: readonly string[],
  places: { bundle: string; locate: Locate | undefined },
): string | undefined {
  const abort = first(said, abortOf)
  if (!abort) return undefined
  const source = abort.place && sourceOf(abort.place, places)
  return source ? `${abort.reason} (${source.file}:${source.line})` : abort.reason
}

/** What k6's log tells of an error, with its place. */
export function ofLog(
  { message, frames, iteration, count }: Thrown,
  places: { bundle: string; locate: Locate | undefined },
): ExceptionCluster {
  const source = first(frames, (frame) => sourceOf(frame, places))
  return {
    message,
    count,
    exact: true,
    ...(iteration ? { iterations: count } : {}),
    ...(source === undefined ? {} : { source }),
    bug: BUG.test(message),
  }
}

/** The place of a frame as its author knows it: by the bundle's map, else the file that k6 read. */
export function sourceOf(
  { file, line, column }: StackFrame,
  { bundle, locate }: { bundle: string; locate: Locate | undefined },
): SourcePlace | undefined {
  if (locate && basename(file) === basename(bundle)) return locate(line, column)
  return { file: file.startsWith('file://') ? relative(process.cwd(), pathOf(file)) : file, line, column }
}

function pathOf(url: string): string {
  try {
    return fileURLToPath(url)
  } catch {
    return url
  }
}

/** The first answer that is one. */
function first<From, To>(all: readonly From[], of: (one: From) => To | undefined | 0 | ''): To | undefined {
  for (const one of all) {
    const found = of(one)
    if (found) return found
  }
  return undefined
}

/** An exception as a sentence's end: what, where, how often. */
export function exceptionText({ message, source, journey, step, request }: ExceptionCluster): string {
  const place = [journey, step].filter((name) => name !== undefined).join(' › ')
  const where = [
    ...(source ? [`${source.file}:${source.line}`] : []),
    ...(place === '' ? [] : [place]),
    ...(request === undefined ? [] : [`after request ${request}`]),
  ]
  return `${message}${where.length > 0 ? ` (${where.join(', ')})` : ''}`
}
