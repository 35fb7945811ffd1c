import type { RUN_SERIES } from '../../record/index.ts'
import { braces } from '../dialects/asked.ts'
import type { Dialect } from '../question.ts'

/** The name of a series of loadwright's own. */
export type RunSeriesName = keyof typeof RUN_SERIES

/** Whether loadwright's own series of a run are where this dialect looks: they go with what it forwards. */
export const hasRunSeries = ({ name }: Dialect): boolean => name === 'native' || name === 'classic'

/** Series of loadwright's own, with matchers. */
export const runSeries = (name: RunSeriesName, where: Readonly<Record<string, string>> = {}): string =>
  name + braces(where)

/** What the variables of a dashboard choose runs by. */
export const CHOSEN = {
  suite: '$suite',
  environment: '$environment',
  profile: '$profile',
  git_branch: '$branch',
} as const

/**
 * Joins labels of the runs that are chosen onto series with a `testid`, one info for each, and leaves out all other
 * runs. The info is looked for in the same window: it has been written with all else at a run's end.
 */
export function withRunInfo(
  inner: string,
  labels: readonly string[],
  window: '$__interval' | '$__range' = '$__interval',
): string {
  const info = `last_over_time(${runSeries('loadwright_run_info', CHOSEN)}[${window}])`
  return `${inner} * on (testid) group_left (${labels.join(', ')}) topk by (testid) (1, ${info})`
}
