import { resolve } from 'node:path'
import { parseJson, RECORD_FILE, UserError } from '../../base/index.ts'
import { whileNotStopped } from '../../k6/index.ts'
import { followRecorded, type RunRecord } from '../../record/index.ts'
import { makeRunFolder, newRunId, recordRun, roomIn, type Finished } from '../../run/index.ts'
import type { Cluster } from '../cluster.ts'
import { namesOf } from '../names.ts'
import { changesOf, LOADING_FILE, loadingOf, type Loading } from '../render/loading.ts'
import { endedOf, fetchLogs } from './ended.ts'
import { stateOf } from './state.ts'
import { isOddEnd } from './follow.ts'
import { initializerSaid } from './initializer.ts'
import { recorderOf } from './recorder.ts'
import { remoteCollector, tokenOf, type Pushed } from './remoteCollector.ts'
import { noTest } from './told.ts'

/** How the record of a test is fetched. */
export interface CollectHow {
  readonly results: string
  /** The Secret with the collector's token, where it has a name of its own. */
  readonly secret: string | undefined
  readonly say: (line: string) => void
}

/**
 * Fetches the record of a test that somebody else has applied, and judges it. Throws UserError where there is none, or
 * where it has not ended.
 */
export async function collectTest(
  cluster: Cluster,
  test: string,
  { results: given, secret, say }: CollectHow,
  show: (finished: Finished) => void,
): Promise<Finished> {
  const names = namesOf(test, secret)
  const { stage, runners, run } = await stateOf(cluster, test)
  if (!run) throw noTest(test)
  const isRefused = stage === 'error' && runners.length === 0
  if (!isRefused && (runners.length === 0 || runners.some(({ ended }) => ended === undefined)))
    throw new UserError(`kubernetes: ${test} has not ended (${stage}): loadwright kubernetes status ${test}`)
  const { begun, rendered } = await begunIn(cluster, names.collector)
  const began = run.metadata.creationTimestamp
  const { results } = await roomIn(resolve(given))
  const id = newRunId(begun.suite, new Date(began))
  const started: RunRecord = { ...begun, id, startedAt: began }
  const failure = isRefused ? await initializerSaid(cluster, test) : undefined
  const collector = remoteCollector(cluster, test, await tokenOf(cluster, names.secret))
  return whileNotStopped(async (stopped) => {
    const folder = await makeRunFolder(results, id)
    const followed = followRecorded(folder)
    let pushed: Pushed | undefined
    const open = recorderOf(followed, () => pushed)
    const how = { folder, onChanges: () => undefined, open, stopped, say, show }
    return recordRun(started, { ...how, listening: { record: 'on' } }, async () => {
      if (!isRefused) pushed = await collector.last(followed)
      refuseEarlier(test, pushed, began)
      for (const problem of pushed?.problems ?? []) say(problem)
      await fetchLogs(cluster, folder, runners)
      const seen = new Map(runners.map((one) => [one.id, one]))
      const first = runners.find(isOddEnd)
      const ended = { runners: seen, first, failure, interrupted: false, hasBegun: !isRefused, isOver: true }
      const changes = rendered ? changesOf(rendered, loadingOf(run.spec)) : []
      return endedOf(started, ended, { began, isAborted: false, pushed, changes })
    })
  })
}

/** Milliseconds by which the clocks of a cluster may differ. */
const CLOCKS_MS = 5000

/** What was pushed before a TestRun was made is of another run, which was applied before it. */
function refuseEarlier(test: string, pushed: Pushed | undefined, began: string): void {
  const last = Math.max(...(pushed?.members ?? []).map((one) => one.last))
  if (last < Date.parse(began) - CLOCKS_MS)
    throw new UserError(
      `kubernetes: what the collector of ${test} has was pushed until ${new Date(last).toISOString()}, before this TestRun was made (${began}): its runners have pushed nothing`,
    )
}

/** The record as it began, which the collector's ConfigMap has, and what was rendered. */
async function begunIn(
  { api }: Cluster,
  name: string,
): Promise<{ begun: RunRecord; rendered: Loading | undefined }> {
  const map = await api.get<{ data?: Record<string, string> }>('ConfigMap', name)
  const { [RECORD_FILE]: record = '', [LOADING_FILE]: loading = '' } = map?.data ?? {}
  const begun = parseJson(record)
  if (begun === undefined)
    throw new UserError(
      `kubernetes: the ConfigMap ${name} has no ${RECORD_FILE}: was the test rendered by loadwright?`,
    )
  return { begun: begun as RunRecord, rendered: parseJson(loading) as Loading | undefined }
}
