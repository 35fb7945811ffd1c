import { delay, parseJson, UserError } from '../../base/index.ts'
import type { Member } from '../../collect/index.ts'
import type { FollowedRun } from '../../record/index.ts'
import { callPod } from '../api/forward.ts'
import type { Cluster } from '../cluster.ts'
import { labelsOf } from '../render/about.ts'
import { COLLECTOR_PORT, HASH, TOKEN_KEY } from '../render/collector.ts'
import { waitsFor, type Pod } from './runners.ts'

/** A collector in a cluster. */
export interface RemoteCollector {
  /** Brings what it has recorded since the last time. */
  sync(followed: FollowedRun): Promise<void>
  /** Who has pushed, and what was refused. */
  standing(): Promise<{ members: readonly Member[]; problems: readonly string[] }>
}

/** The labels of a collector's pod. */
const collectorLabels = (test: string): Record<string, string> => ({
  ...labelsOf(test),
  'app.kubernetes.io/component': 'collector',
})

/** The collector of a test, as far as its pod is there. */
export function remoteCollector({ access, api }: Cluster, test: string, token: string): RemoteCollector {
  const ask = async (path: string): Promise<Buffer> => {
    const pod = (await api.list<Pod>('Pod', collectorLabels(test))).find(isReady)
    if (!pod) throw new Error(`the collector of ${test} has no pod that is ready`)
    const place = { pod: pod.metadata.name, port: COLLECTOR_PORT }
    const answer = await callPod(access, place, { path, headers: { authorization: `Bearer ${token}` } })
    if (answer.status !== 200) throw new Error(`the collector of ${test} answers ${answer.status}`)
    return answer.body
  }
  return {
    async sync(followed) {
      await followed.take(await ask(`/series?from=${followed.bytes}`))
    },
    async standing() {
      const { members = [], problems = [] } = (parseJson((await ask('/standing')).toString()) ?? {}) as {
        members?: readonly Member[]
        problems?: readonly string[]
      }
      return { members, problems }
    },
  }
}

const isReady = ({ metadata, status }: Pod): boolean =>
  metadata.deletionTimestamp === undefined &&
  status?.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True') === true

/** The token of a test's collector, as its Secret has it. Throws UserError where there is none. */
export async function tokenOf({ api }: Cluster, secret: string): Promise<string> {
  const found = await api.get<{ data?: Record<string, string> }>('Secret', secret)
  const token = Buffer.from(found?.data?.[TOKEN_KEY] ?? '', 'base64')
    .toString()
    .trim()
  if (token === '')
    throw new UserError(
      `kubernetes: there is no Secret ${secret} with the collector’s token under ${TOKEN_KEY}`,
    )
  return token
}

/** Milliseconds between two looks, and until a collector must be there. */
const INTERVAL_MS = 1000
const READY_TIMEOUT_MS = 300_000

/** Waits until a collector's pod is ready, and says meanwhile why it is not. Throws UserError where it does not come. */
export async function collectorReady(
  { api }: Cluster,
  test: string,
  { hash, say, signal }: { hash: string; say: (line: string) => void; signal: AbortSignal },
): Promise<void> {
  const until = performance.now() + READY_TIMEOUT_MS
  let told: string | undefined
  for (;;) {
    signal.throwIfAborted()
    const pods = await api.list<Pod>('Pod', collectorLabels(test))
    const ours = pods.filter(({ metadata }) => metadata.annotations?.[HASH] === hash)
    if (ours.some(isReady)) return
    const why = ours.map(waitsFor).find((one) => one !== undefined)
    if (why !== undefined && why !== told) say(`the collector is not ready: ${why}`)
    told = why ?? told
    if (performance.now() > until)
      throw new UserError(
        `kubernetes: the collector was not ready within ${READY_TIMEOUT_MS / 1000} s${told === undefined ? '' : `: ${told}`}`,
      )
    await delay(INTERVAL_MS, signal)
  }
}
