import { delay, parseJson, UserError } from '../../../base/index.ts'
import type { Member } from '../../collect/roster.ts'
import type { FollowedSeries, Reason } from '../../../record/index.ts'
import { callPod } from '../api/forward.ts'
import { patiently, Unavailable } from '../api/unavailable.ts'
import type { Cluster } from '../cluster.ts'
import { labelsOf } from '../render/about.ts'
import { COLLECTOR_PORT, HASH, TOKEN_KEY } from '../render/collector.ts'
import { waitsFor, type Pod } from './runners.ts'

/** Who has pushed to a collector, and what it refused. */
export interface Pushed {
  readonly members: readonly Member[]
  readonly problems: readonly Reason[]
}

/** A collector in a cluster. */
export interface RemoteCollector {
  /** Brings what it has recorded since the last time, or a part of that. Throws UserError where it does not answer. */
  sync(followed: FollowedSeries): Promise<void>
  /** Brings the last of what it has recorded, and who has pushed it; asks again for a minute where it does not answer. */
  last(followed: FollowedSeries): Promise<Pushed>
}

/** Milliseconds for which the last of a record is asked for. */
const LAST_MS = 60_000

/** The labels of a collector's pod. */
const collectorLabels = (test: string): Record<string, string> => ({
  ...labelsOf(test),
  'app.kubernetes.io/component': 'collector',
})

/** The collector of a test, as far as its pod is there. */
export function remoteCollector({ access, api }: Cluster, test: string, token: string): RemoteCollector {
  let known: string | undefined
  const ask = async (path: string): Promise<Buffer> => {
    const pod = (await api.list<Pod>('Pod', collectorLabels(test))).find(isReady)
    if (!pod) throw new Unavailable(`kubernetes: the collector of ${test} has no pod that is ready`)
    const { name } = pod.metadata
    known ??= name
    if (name !== known)
      throw new UserError(
        `kubernetes: the collector’s pod ${known} was replaced by ${name}, and what it had taken went with it`,
      )
    const headers = { authorization: `Bearer ${token}` }
    const { status, body } = await callPod(access, { pod: name, port: COLLECTOR_PORT }, { path, headers })
    if (status === 200) return body
    const text = `kubernetes: the collector of ${test} answers ${status}`
    throw status === 401
      ? new UserError(`${text}: its token is another, so it is of another run`)
      : new Unavailable(text)
  }
  const sync = async (followed: FollowedSeries): Promise<void> =>
    followed.take(await ask(`/series?from=${followed.bytes}`))
  return {
    sync,
    async last(followed) {
      const patience = { ms: LAST_MS }
      for (let before = -1; before !== followed.bytes;) {
        before = followed.bytes
        await patiently(() => sync(followed), patience)
      }
      const text = await patiently(() => ask('/standing'), patience)
      const { members = [], problems = [] } = (parseJson(text.toString()) ?? {}) as Partial<Pushed>
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
