import { resolve } from 'node:path'
import { parseJson, RECORD_FILE, UserError } from '../../base/index.ts'
import { whileNotStopped } from '../../k6/index.ts'
import { followRecorded, type RunRecord } from '../../record/index.ts'
import { makeRunFolder, newRunId, recordRun, roomIn, type Finished } from '../../run/index.ts'
import type { Cluster } from '../cluster.ts'
import { namesOf } from '../names.ts'
import { endedOf, fetchLogs } from './ended.ts'
import { stateOf } from './follow.ts'
import { openerOf } from './openerOf.ts'
import { remoteCollector, tokenOf } from './remoteCollector.ts'
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
  const { stage, runners } = await stateOf(cluster, test)
  if (stage === undefined) throw noTest(test)
  if (stage !== 'error' && (runners.length === 0 || runners.some(({ ended }) => ended === undefined)))
    throw new UserError(`kubernetes: ${test} has not ended (${stage}): loadwright kubernetes status ${test}`)
  const about = await cluster.api.get<{ metadata: { creationTimestamp?: string } }>('TestRun', test)
  const begun = await begunIn(cluster, names.collector)
  const began = about?.metadata.creationTimestamp
  const { results } = await roomIn(resolve(given))
  const id = newRunId(begun.suite, began === undefined ? new Date() : new Date(began))
  const started: RunRecord = { ...begun, id, ...(began === undefined ? {} : { startedAt: began }) }
  const collector = remoteCollector(cluster, test, await tokenOf(cluster, names.secret))
  return whileNotStopped(async (stopped) => {
    const folder = await makeRunFolder(results, id)
    const followed = followRecorded(folder)
    const how = { folder, onChanges: () => undefined, open: openerOf(followed), stopped, say, show }
    return recordRun(started, { ...how, listening: { record: 'on' } }, async () => {
      await collector.sync(followed)
      await fetchLogs(cluster, folder, runners)
      const seen = new Map(runners.map((one) => [one.id, one]))
      return endedOf(started, { runners: seen, interrupted: false }, { began, isAborted: false })
    })
  })
}

/** The record as it began, which the collector's ConfigMap has. */
async function begunIn({ api }: Cluster, name: string): Promise<RunRecord> {
  const map = await api.get<{ data?: Record<string, string> }>('ConfigMap', name)
  const record = parseJson(map?.data?.[RECORD_FILE] ?? '')
  if (record === undefined)
    throw new UserError(
      `kubernetes: the ConfigMap ${name} has no ${RECORD_FILE}: was the test rendered by loadwright?`,
    )
  return record as RunRecord
}
