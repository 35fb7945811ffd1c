import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { openCollection, startCollector } from '../../../cli/distributed/index.ts'
import { answersOf } from '../../../cli/distributed/kubernetes/collector/answers.ts'
import type { PlannedTest } from '../../../cli/distributed/kubernetes/plan.ts'
import { runTest, type ClusterRun } from '../../../cli/distributed/kubernetes/run/runTest.ts'
import { encodeWrite, type Labels } from '../../../cli/prometheus/index.ts'
import { pushesOf } from '../pushesOfK6.ts'
import { fakeRecord } from '../runRecord.ts'
import { startCluster, type FakeCluster, type Kept } from './cluster.ts'
import { clusterTest } from './clusterTest.ts'

/** The name of the test that is run, and its bundle. */
export const NAME = 'boutique-load'
export const SHA256 = 'ab'.repeat(32)

/** A folder until the test has finished. */
export async function temporary(name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `loadwright-${name}-`))
  onTestFinished(() => rm(folder, { recursive: true }))
  return folder
}

/** The test that is run: two runners. */
export const planned = (id: string): PlannedTest => {
  const record = fakeRecord(() => 0.5)
  const instances = ['1', '2'].map((one) => ({
    id: one,
    k6: { version: 'v2.2.0', path: 'k6', command: ['run'] },
  }))
  const started = { ...record, id, instances, bundle: { file: 'boutique.js', sha256: SHA256 } }
  return {
    plan: {
      settings: { RUN_ID: id, ENVIRONMENT: 'dev' },
      environment: { caps: { rate: 1000 } },
      manifest: { suite: 'boutique', options: { thresholds: {} } },
      suite: {},
    } as unknown as PlannedTest['plan'],
    notes: [],
    started: () => Promise.resolve(started),
    test: (begun) => Promise.resolve(clusterTest({ runners: 2, started: begun })),
  }
}

/** Pushes a little load of an instance, with the labels of its series and the path that it is sent to. */
export type PushLoad = (instance: string, labels?: Labels, path?: string) => Promise<void>

/** Plays the node of the collector: it runs in this process. */
export async function playCollector(fake: FakeCluster, deployment: Kept, id: string): Promise<PushLoad> {
  const folder = await temporary('collector')
  const token = Buffer.from(
    fake.objects.get(`secrets/${NAME}-collector`)?.data?.token ?? '',
    'base64',
  ).toString()
  const collection = await openCollection({ folder, id, sha256: SHA256, windowSeconds: 2 })
  const answer = answersOf(collection, folder)
  const collector = await startCollector(collection.intake, { host: '127.0.0.1', port: 0, token, answer })
  onTestFinished(async () => {
    await collector.close()
    await collection.close()
  })
  fake.ports.set('collector-1:9090', Number(new URL(collector.url).port))
  fake.pod({
    metadata: { name: 'collector-1', ...(deployment.spec?.template?.metadata as object) },
    status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] },
  })
  return async (instance, labels = {}, path = '') => {
    for (const pushed of pushesOf([[2, 3]], { testid: id, instance_id: instance, ...labels })) {
      const { status } = await fetch(`${collector.url}/api/v1/write${path}`, {
        method: 'POST',
        body: Buffer.from(encodeWrite(pushed)),
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/x-protobuf',
          'content-encoding': 'snappy',
        },
      })
      expect(status).toBe(204)
    }
  }
}

/** Runs a test in a cluster whose operator and nodes are played: `play` is told where to push once the TestRun is there. */
export async function inCluster(
  id: string,
  play: (fake: FakeCluster, stage: (stage: string) => void, push: PushLoad) => Promise<void>,
  more: Partial<ClusterRun> = {},
  refuse: FakeCluster['refuse'] = () => undefined,
  before: (fake: FakeCluster) => void = () => undefined,
) {
  const said: string[] = []
  let push: Promise<PushLoad> | undefined
  const fake = await startCluster((cluster, made) => {
    if (made.kind === 'Deployment') push = playCollector(cluster, made, id)
    if (made.kind === 'TestRun')
      void push?.then((to) => play(cluster, (stage) => void (made.status = { stage }), to))
  })
  onTestFinished(() => fake.close())
  fake.refuse = refuse
  before(fake)
  const run = {
    results: await temporary('kubernetes'),
    baselines: 'none',
    keep: false,
    waitMs: 60_000,
    where: '',
    say: (line: string) => void said.push(line),
    ...more,
  }
  const { record, folder } = await runTest([{ cluster: fake.cluster }], planned(id), run, () => undefined)
  return { fake, said, record, folder }
}
