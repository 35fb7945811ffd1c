import { randomBytes } from 'node:crypto'
import { delay, UserError } from '../../../base/index.ts'
import type { Cluster } from '../cluster.ts'
import type { ClusterTest, KubernetesObject } from '../clusterTest.ts'
import { runName } from '../names.ts'
import { metadataOf } from '../render/about.ts'
import { collectorHash, TOKEN_KEY } from '../render/collector.ts'
import { objectsOf } from '../render/objects.ts'
import { createMade, taken, type Made } from './made.ts'
import { collectorReady, remoteCollector, type RemoteCollector } from './remoteCollector.ts'
import { stateOf, type NamedTest, type TestRun } from './state.ts'

/** A test whose name is this run's in its cluster: nobody else makes objects of it. */
export interface Locked {
  readonly made: Made
  /** What its collector takes pushes by. */
  readonly token: string
}

/**
 * Takes a test's name by making the collector's Secret. Throws UserError where another run has it, or where the Secret is
 * somebody's own.
 */
export async function takeName(cluster: Cluster, test: ClusterTest): Promise<Locked> {
  const { names } = test
  for (const run of namedOf(test).runs) {
    const there = await cluster.api.get<TestRun>('TestRun', run)
    if (there) throw taken(names.test, `TestRun ${run}`, there, there.status?.stage ?? 'new')
  }
  const made = createMade(cluster, names.test)
  const token = randomBytes(24).toString('base64url')
  await made.create(secretOf(test, token))
  return { made, token }
}

/** The Secret of a collector that is run at once, with its token. */
const secretOf = (test: ClusterTest, token: string): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: metadataOf(test, test.names.secret),
  type: 'Opaque',
  data: { [TOKEN_KEY]: Buffer.from(token).toString('base64') },
})

/** Makes a test's objects: its collector first, and what runs once that is ready. */
export async function launch(
  cluster: Cluster,
  test: ClusterTest,
  { made, token }: Locked,
  how: { say: (line: string) => void; signal: AbortSignal; onRun: () => void },
): Promise<RemoteCollector> {
  const name = test.names.test
  const objects = objectsOf(test)
  for (const object of objects) if (object.kind !== 'TestRun') await made.create(object)
  await collectorReady(cluster, name, { ...how, hash: collectorHash(test) })
  await earlierGone(cluster, namedOf(test), how.signal)
  how.onRun()
  for (const object of objects) if (object.kind === 'TestRun') await made.create(object)
  return remoteCollector(cluster, name, token)
}

/** The TestRuns of a test. */
export const namedOf = (test: ClusterTest): NamedTest => ({
  test: test.names.test,
  runs: test.share?.parts.map(({ id }) => runName(test.names.test, id)) ?? [test.names.test],
})

/** Milliseconds between two looks, and until the pods of a TestRun that was removed must be gone. */
const INTERVAL_MS = 500
const GONE_MS = 90_000

/** Waits until nothing is left of an earlier TestRun of the name: the operator would take its jobs for those of this one. */
async function earlierGone(cluster: Cluster, named: NamedTest, signal: AbortSignal): Promise<void> {
  const until = performance.now() + GONE_MS
  for (;;) {
    const { runners, initializer, starter } = await stateOf(cluster, named)
    if (runners.length === 0 && !initializer && !starter) return
    if (performance.now() > until)
      throw new UserError(
        `kubernetes: pods of an earlier TestRun ${named.test} are still there after ${GONE_MS / 1000} s: give another --name`,
      )
    await delay(INTERVAL_MS, signal)
  }
}
