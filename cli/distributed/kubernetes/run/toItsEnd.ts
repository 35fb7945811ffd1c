import { appendFile } from 'node:fs/promises'
import { join } from 'node:path'
import { LOG_FILE } from '../../../base/index.ts'
import { totalPeak } from '../../../../config/workload/shape.ts'
import { ranScenarios, type RunRecord, type Store } from '../../../record/index.ts'
import { followLoad, logLine, thrownFields, type Recorded } from '../../../run/index.ts'
import type { PlannedTest } from '../plan.ts'
import { endedOf } from './ended.ts'
import { createJointStart } from './jointStart.ts'
import { followShare } from './followShare.ts'
import type { Site, Underway } from './underway.ts'

/** Launches a test in each of its clusters, follows it until its runners have ended, and fetches what they left. */
export async function toItsEnd(sites: readonly Site[], about: Underway): Promise<Recorded> {
  const { planned, started, recorder, folder, sign } = about
  const recorded = recorder.now()
  const start =
    sites.length > 1 || sites[0]?.region !== undefined
      ? createJointStart(started.instances.length, (words) => {
          void appendFile(join(folder, LOG_FILE), logLine('error', words, thrownFields(words)), {
            mode: 0o600,
          })
        })
      : undefined
  const halted = new AbortController()
  let following: { stop: () => void } | undefined
  const onBegun = (): void => {
    if (sign.began !== undefined) return
    sign.began = start?.begun ?? new Date().toISOString()
    following = followLoad(loadOf(recorded.store, planned, started), (sentence) => (sign.crossed = sentence))
  }
  const mostMs = mostOf(started)
  const shares = await Promise.allSettled(
    sites.map(async (site) => {
      const onStop = (why: string): void => {
        sign.elsewhere ??= site.region === undefined ? why : `${site.region}: ${why}`
        halted.abort()
      }
      try {
        const how = { start, onBegun, onStop, halted: halted.signal, mostMs }
        const share = await followShare(site, recorded.source(), { ...about, ...how })
        const { failure, stopped } = share.ended
        if (failure ?? stopped) onStop(failure ?? stopped ?? '')
        return share
      } catch (error) {
        onStop((error as Error).message)
        throw error
      }
    }),
  ).finally(() => following?.stop())
  const whole = shares.map((one) => {
    if (one.status === 'rejected') throw one.reason
    return one.value
  })
  return endedOf(started, whole, sign)
}

const loadOf = (store: Store, { plan }: PlannedTest, started: RunRecord) => ({
  store,
  started,
  thresholds: plan.manifest.options.thresholds,
})

/** Milliseconds that `setup`, `teardown` and graceful stops may take beside the planned load. */
const SLACK_MS = 1_800_000

/** Milliseconds that a load may take. */
function mostOf(started: RunRecord): number {
  const { seconds } = totalPeak(Object.values(ranScenarios(started)))
  return seconds > 0 ? seconds * 1000 + SLACK_MS : Infinity
}
