import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { clusterTest } from '../../../test/doubles/kubernetes/clusterTest.ts'
import {
  ended,
  RUNNING,
  runnerPod,
  startCluster,
  type FakeCluster,
  type Kept,
} from '../../../test/doubles/kubernetes/cluster.ts'
import { pushesOf } from '../../../test/doubles/pushesOfK6.ts'
import { fakeRecord } from '../../../test/doubles/runRecord.ts'
import { openCollection, startCollector } from '../../collect/index.ts'
import { encodeWrite } from '../../prometheus/index.ts'
import { answersOf } from '../collector/answers.ts'
import type { PlannedTest } from '../plan.ts'
import { runTest, type ClusterRun } from './runTest.ts'

let root: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'loadwright-kubernetes-'))
})
afterAll(() => rm(root, { recursive: true }))

const NAME = 'boutique-load'
const SHA256 = 'ab'.repeat(32)

/** The test that is run: two runners. */
const planned = (id: string): PlannedTest => {
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
    test: () => Promise.resolve(clusterTest({ runners: 2, started })),
  }
}

/** Plays the node of the collector: it runs in this process. */
async function playCollector(
  fake: FakeCluster,
  deployment: Kept,
  id: string,
): Promise<(instance: string) => Promise<void>> {
  const folder = await mkdtemp(join(root, 'data-'))
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
  return async (instance) => {
    for (const pushed of pushesOf([[2, 3]], { testid: id, instance_id: instance })) {
      const { status } = await fetch(`${collector.url}/api/v1/write`, {
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
async function inCluster(
  id: string,
  play: (
    fake: FakeCluster,
    stage: (stage: string) => void,
    push: (instance: string) => Promise<void>,
  ) => Promise<void>,
  more: Partial<ClusterRun> = {},
) {
  const said: string[] = []
  let push: Promise<(instance: string) => Promise<void>> | undefined
  const fake = await startCluster((cluster, made) => {
    if (made.kind === 'Deployment') push = playCollector(cluster, made, id)
    if (made.kind === 'TestRun')
      void push?.then((to) => play(cluster, (stage) => void (made.status = { stage }), to))
  })
  onTestFinished(() => fake.close())
  const run = {
    results: root,
    keep: false,
    waitMs: 60_000,
    say: (line: string) => void said.push(line),
    ...more,
  }
  const { record, folder } = await runTest(fake.cluster, planned(id), run, () => undefined)
  return { fake, said, record, folder }
}

const figures = '{\n  "metrics": {\n    "iterations": { "count": 5, "rate": 1 }\n  }\n}\n'
const log = (text: string): string => `time="2026-11-30T18:00:00Z" level=info msg=${text} source=console\n`

test('two runners are one run: stages, what is Pending, the record, the logs, and nothing stays', async () => {
  const { fake, said, record, folder } = await inCluster('two', async (cluster, stage, push) => {
    stage('created')
    cluster.pod(runnerPod(NAME, 1, RUNNING))
    const message = '0/1 nodes are available: 1 Insufficient cpu.'
    const conditions = [{ type: 'PodScheduled', status: 'False', message }]
    cluster.pod(runnerPod(NAME, 2, { phase: 'Pending', conditions }))
    await expect.poll(() => said2(cluster)).toBe(true)
    cluster.pod(runnerPod(NAME, 2, RUNNING))
    stage('started')
    await Promise.all([push('1'), push('2')])
    for (const number of [1, 2]) {
      cluster.logs.set(`${NAME}-${number}-x7k2p`, log(`hello-${number}`) + figures)
      cluster.pod(runnerPod(NAME, number, ended(0)))
    }
    stage('finished')
  })
  expect(said).toContain('runner 2 of 2 is Pending: 0/1 nodes are available: 1 Insufficient cpu.')
  expect(record.instances).toMatchObject([
    { id: '1', exit: 0, counts: { iterations: 5 } },
    { id: '2', exit: 0, counts: { iterations: 5 } },
  ])
  expect(record).toMatchObject({ state: 'ended', totals: { iterations: 10 } })
  expect(await readFile(join(folder, 'k6.log'), 'utf8')).toContain('hello-2 source=console instance_id=2')
  expect([...fake.objects.keys()].filter((key) => !key.startsWith('pods/'))).toEqual([])
})

/** Whether the pods of a test were looked at while one was Pending. */
const said2 = ({ asked }: FakeCluster): boolean => asked.filter((one) => one.endsWith('/pods')).length > 3

test('a runner that is killed for its memory makes the run invalid, and the others are stopped', async () => {
  const { fake, said, record } = await inCluster('killed', async (cluster, stage, push) => {
    for (const number of [1, 2]) cluster.pod(runnerPod(NAME, number, RUNNING))
    stage('started')
    await push('1')
    cluster.pod(runnerPod(NAME, 2, ended(137, 'OOMKilled')))
    await expect.poll(() => cluster.asked.some((one) => one.endsWith('x7k2p:6565'))).toBe(true)
    cluster.pod(runnerPod(NAME, 1, ended(103)))
  })
  const how = 'was killed for its memory (OOMKilled, its limit is 256Mi)'
  expect(said).toContain(`runner 2 of 2 ${how}; the others are stopped`)
  expect(record.verdict).toBe('invalid')
  expect(record.reasons[0]).toMatchObject({ code: 'instance-lost', data: { instance: '2', how } })
  expect(fake.asked).toContain(`FORWARD ${NAME}-1-x7k2p:6565`)
})

test('a runner that is deleted in the middle is named', async () => {
  const { record } = await inCluster('deleted', async (cluster, stage) => {
    for (const number of [1, 2]) cluster.pod(runnerPod(NAME, number, RUNNING))
    stage('started')
    await expect.poll(() => said2(cluster)).toBe(true)
    cluster.objects.delete(`pods/${NAME}-2-x7k2p`)
    await expect.poll(() => cluster.asked.some((one) => one.endsWith('x7k2p:6565'))).toBe(true)
    cluster.pod(runnerPod(NAME, 1, ended(103)))
  })
  expect(record.reasons[0]).toMatchObject({ code: 'instance-lost', data: { how: 'was deleted' } })
})

test('of one name there is one TestRun, and a cluster that does not answer is told in a sentence', async () => {
  const fake = await startCluster()
  onTestFinished(() => fake.close())
  fake.objects.set(`testruns/${NAME}`, { metadata: { name: NAME }, status: { stage: 'started' } })
  const run = { results: root, keep: false, waitMs: 1, say: () => undefined }
  await expect(runTest(fake.cluster, planned('second'), run, () => undefined)).rejects.toThrow(
    /there is a TestRun boutique-load already \(started\).*kubernetes delete boutique-load/,
  )
  const gone = { ...fake.cluster.access, server: new URL('http://127.0.0.1:1/') }
  const { apiOf } = await import('../api/api.ts')
  await expect(
    runTest({ access: gone, api: apiOf(gone) }, planned('gone'), run, () => undefined),
  ).rejects.toThrow('kubernetes: http://127.0.0.1:1 does not answer (ECONNREFUSED)')
})
