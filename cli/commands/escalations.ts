import type { Problem } from '../../config/problem/problem.ts'
import { NOTIFY_FILE } from '../base/index.ts'
import { readAudit } from '../record/index.ts'
import { escalationNotice, linksOf } from '../report/index.ts'
import { isProblem, receiverOf, toldBy, type Receiver, type Told } from '../telemetry/index.ts'
import {
  escalatedIn,
  fallenIn,
  isExpired,
  readWaivers,
  recentRuns,
  type FallenRun,
  type RecentRun,
} from '../verdict/index.ts'
import { tell, type Notifier } from './notified.ts'
import { say } from './output.ts'

/** Where runs, waivers and the log of overrides lie. */
export interface EscalationPlaces {
  readonly results: string
  readonly waivers: string
  readonly audit: string
}

/** Runs before those that are counted, over which an escalation may have lasted. */
const MAX_BEFORE = 30

/**
 * Tells of owners whose SLOs fall again and again, by the config's rule, counted from the records of the same suite and
 * environment up to this run. Gives what was told.
 */
export async function escalations(
  run: RecentRun,
  notifier: Notifier,
  {
    before,
    signal,
    ...places
  }: EscalationPlaces & { before: readonly Told[]; signal: AbortSignal | undefined },
): Promise<Told[]> {
  const { escalate: rule, env } = notifier
  if (rule === undefined) return []
  const { suite, environment, startedAt } = run.record
  const last = (rule.of ?? rule.after) + MAX_BEFORE
  const recent = await recentRuns(places.results, { suite, environment, last })
  const counted = recent.filter(
    ({ record }) => record.verdict !== 'inconclusive' && record.startedAt <= startedAt,
  )
  // Only a run that judged something can begin or end it.
  if (counted[0]?.record.id !== run.record.id) return []
  const now = new Date()
  const waivers = (await readWaivers(places.waivers).catch(() => [])).filter((one) => !isExpired(one, now))
  const audit = await readAudit(places.audit).catch(() => [])
  const told = new Map(
    await Promise.all(
      counted.map(async ({ record, folder }) => {
        const own =
          record.id === run.record.id ? before : toldBy(await folder.text(NOTIFY_FILE).catch(() => ''))
        return [record.id, own] as const
      }),
    ),
  )
  const fallen = await Promise.all(counted.map((one) => fallenIn(one, waivers, audit)))
  const wasNotified = ({ id }: FallenRun, owner: string): boolean =>
    (told.get(id) ?? []).some(({ what }) => what === `escalation: ${owner}`)
  const all: Told[] = []
  for (const escalated of escalatedIn(fallen, rule, wasNotified)) {
    const { owner, state } = escalated
    const what = state === 'begins' ? `escalation: ${owner}` : `escalation over: ${owner}`
    if (before.some((one) => one.what === what)) continue
    const name = rule.owners?.[owner] ?? rule.to
    if (name === undefined) continue
    const read = receiverOf(name, { env, where: 'notify.escalate' })
    const notice = escalationNotice(escalated, { suite, environment }, linksOf(run.record, env))
    say(notice.text)
    for (const to of await tell(notice, whomOf(read), signal)) all.push({ what, to, at: now.toISOString() })
  }
  return all
}

const whomOf = (read: Receiver | Problem): Pick<Notifier, 'receivers' | 'missing'> =>
  isProblem(read) ? { receivers: [], missing: [read] } : { receivers: [read], missing: [] }
