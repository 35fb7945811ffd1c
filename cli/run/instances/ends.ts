import type { Ended } from '../../k6/index.ts'
import type { InstanceEnd } from '../../verdict/index.ts'

/** k6's exit codes that tell of the test or of whoever ended it, which the verdict has words for. */
const TELLING: readonly number[] = [0, 99, 100, 101, 102, 103, 104, 105, 107, 108, 110]
/** Those of a k6 that came to its own end: a script may have marked its run as failed. */
const OWN_END: readonly (number | undefined)[] = [0, 110]

/** Whether a k6 came to its own end. */
export const cameToItsEnd = ({ code }: Pick<Ended, 'code'>): boolean => OWN_END.includes(code)

/** How an instance was lost that nobody stopped; undefined where its end tells of the test. */
export function lostBy(
  { code, failure }: Pick<Ended, 'code' | 'failure'>,
  signal: NodeJS.Signals | null,
): string | undefined {
  if (failure !== undefined) return `could not be started: ${failure}`
  if (code === undefined) return `was killed${signal === null ? '' : ` (${signal})`}`
  return TELLING.includes(code) ? undefined : `ended with exit code ${code}`
}

/**
 * The exit code of all: 99 where a threshold ended them, else that of the `first` which ended in any other way than by its
 * own end, else what their own ends tell. Undefined where one was ended by force.
 */
export function codeOf(
  instances: readonly InstanceEnd[],
  { isAborted, first }: { isAborted: boolean; first: InstanceEnd | undefined },
): number | undefined {
  if (isAborted) return 99
  if (first) return first.code
  const codes = instances.map(({ code }) => code)
  return codes.includes(undefined) ? undefined : (codes.find((code) => code !== 0) ?? 0)
}
