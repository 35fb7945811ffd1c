import { EXIT, NOTIFY_FILE } from '../base/index.ts'
import { diskFolder, readResults, type RunRecord, type Verdict } from '../record/index.ts'
import { noted, type Notice, type Told } from '../telemetry/index.ts'
import { decisionOf, type RecentRun } from '../verdict/index.ts'
import { escalations, type EscalationPlaces } from './escalations.ts'
import { tell, type Notifier } from './notified.ts'
import { say } from './output.ts'

/** A run that ended, or was judged by a gate, and what is told of it. */
export interface Ended {
  readonly run: RecentRun
  /** Of the run, or of the gate. */
  readonly verdict: Verdict
  /** Somebody let it through in spite of its verdict. */
  readonly isApproved?: boolean
  readonly notice: () => Notice
  readonly signal?: AbortSignal
}

/** Where waivers and the log of overrides lie, unless the gate is told otherwise. */
export const USUAL_FILES = { waivers: 'waivers.yaml', audit: 'audit.ndjson' } as const

/**
 * Tells how a run ended, where there is somebody to tell and something to say: what did not pass, and the first that
 * passes after it; always, if that is wanted. No receiver is told the same of a run twice. Never throws.
 */
export async function tellOfRun(ended: Ended, notifier: Notifier, places: EscalationPlaces): Promise<void> {
  const { run, verdict, isApproved = false, notice, signal } = ended
  const { receivers, missing, escalate } = notifier
  // Whoever ended it knows.
  if (run.record.exitCode === EXIT.interrupted && !isApproved) return
  if (receivers.length + missing.length === 0 && !escalate) return
  const at = new Date().toISOString()
  const work = async (before: readonly Told[]): Promise<Told[]> => {
    const what = isApproved ? 'approved' : verdict
    const isDue = isApproved || (await isWorthTelling(ended, notifier, before, places.results))
    const left = isDue ? receivers.filter(({ name }) => lastOf(before, name) !== what) : []
    const told = isDue
      ? await tell(
          notice(),
          { receivers: left, missing: left.length === receivers.length ? missing : [] },
          signal,
        )
      : []
    const further = await escalations(run, notifier, { ...places, before, signal }).catch(
      (error: unknown) => {
        say(`nobody was told of repeated failures: ${(error as Error).message}`)
        return []
      },
    )
    return [...told.map((to): Told => ({ what, to, at })), ...further]
  }
  const read = (): Promise<string> => run.folder.text(NOTIFY_FILE)
  await noted(run.folder.path, work, { read, say }).catch((error: unknown) => {
    say(`nobody was told: ${(error as Error).message}`)
  })
}

/** What a receiver was told last of a run: its verdict, or that somebody approved it. */
const lastOf = (told: readonly Told[], name: string): string | undefined =>
  told.findLast((one) => one.to === name && !one.what.startsWith('escalation'))?.what

/** Whether a verdict is worth telling: it is no pass, or the first after something else. */
async function isWorthTelling(
  { run, verdict }: Ended,
  { always }: Notifier,
  before: readonly Told[],
  results: string,
): Promise<boolean> {
  if (always || verdict !== 'pass') return true
  const last = before.findLast(({ what }) => !what.startsWith('escalation'))?.what
  return (last ?? (await verdictBefore(run.record, results)) ?? 'pass') !== 'pass'
}

/** The verdict on the run before one of the same suite, environment and profile, the gate's if it saw the run. */
async function verdictBefore(
  { id, suite, environment, profile, startedAt }: RunRecord,
  results: string,
): Promise<Verdict | undefined> {
  const { runs } = await readResults(results)
  const before = runs.find(
    (one) =>
      one.id !== id &&
      one.state === 'ended' &&
      one.startedAt <= startedAt &&
      one.suite === suite &&
      one.environment === environment &&
      one.profile === profile,
  )
  if (before === undefined) return undefined
  return (await decisionOf({ folder: diskFolder(before.folder) }))?.verdict ?? before.verdict
}
