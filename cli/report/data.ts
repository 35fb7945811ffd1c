import { number, plural } from '../base/index.ts'
import type { RunRecord, Timeline } from '../record/index.ts'
import type { Pictures } from './pictures.ts'

/** Input of a report: the record of a run, and its timeline if recorded. */
export interface ReportData {
  record: RunRecord
  timeline?: Timeline
  /** Pictures of pages on which steps failed. */
  pictures?: Pictures
  /** Where the run is now; only of one that is followed while it runs. */
  live?: LiveStatus
}

/** Where a run is; seconds since load began, milliseconds, requests a second. Unknown values are absent. */
export interface LiveStatus {
  phase?: string
  elapsed?: number
  /** Until the last scenario is to end; 0 while k6 lets iterations finish. */
  remaining?: number
  rate?: number
  p95?: number
}

/** Seconds that a run took; undefined where it has not ended, or does not say when it began. */
export function secondsOf({ startedAt, endedAt }: RunRecord): number | undefined {
  const seconds = (Date.parse(endedAt ?? '') - Date.parse(startedAt)) / 1000
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : undefined
}

/** What a run came to, as people read it: a run that has not ended has no verdict yet. */
export function standingOf({ state, verdict }: RunRecord): RunRecord['verdict'] | 'running' {
  return state === 'running' ? 'running' : verdict
}

/** The scale that made the rates of a suite's run, ` · scale 0.5`; nothing where they are as the suite gives them. */
export function scaleOf({ settings, script }: Pick<RunRecord, 'settings' | 'script'>): string {
  const { SCALE } = settings
  return script !== undefined || SCALE === undefined || SCALE === 1 ? '' : ` · scale ${SCALE}`
}

/** How many checks there were, and how many failed. */
export const checksText = ({ checks, failedChecks, uncountedChecks }: RunRecord['totals']): string =>
  uncountedChecks ? 'checks not counted' : `${plural(checks, 'check')}, ${number(failedChecks)} failed`

/** A standing in words: of a run that is followed it is known that it goes on. */
export const standingText = (standing: ReturnType<typeof standingOf>, live?: LiveStatus): string =>
  standing !== 'running' ? standing : live ? 'running' : 'not ended'

/** Said of a record that was not written to its end. */
export const UNFINISHED_TEXT =
  'This run is still running, or was killed. It counts as invalid; the report shows the data recorded so far.'
