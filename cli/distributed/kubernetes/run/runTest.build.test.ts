import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import {
  ended,
  RUNNING,
  runnerPod,
  startCluster,
  type FakeCluster,
} from '../../../../test/doubles/kubernetes/cluster.ts'
import { inCluster, NAME, planned, temporary } from '../../../../test/doubles/kubernetes/inCluster.ts'
import { labelsOf } from '../render/about.ts'
import { runTest } from './runTest.ts'

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
  const metadata = { name: NAME, labels: labelsOf(NAME) }
  fake.objects.set(`testruns/${NAME}`, { metadata, status: { stage: 'started' } })
  const results = await temporary('kubernetes')
  const run = { results, baselines: 'none', keep: false, waitMs: 1, where: '', say: () => undefined }
  await expect(runTest([{ cluster: fake.cluster }], planned('second'), run, () => undefined)).rejects.toThrow(
    /there is a TestRun boutique-load of another run already \(started\).*kubernetes delete boutique-load.*--name/,
  )
  const gone = { ...fake.cluster.access, server: new URL('http://127.0.0.1:1/') }
  const { apiOf } = await import('../api/api.ts')
  await expect(
    runTest([{ cluster: { access: gone, api: apiOf(gone) } }], planned('gone'), run, () => undefined),
  ).rejects.toThrow('kubernetes: http://127.0.0.1:1 does not answer (ECONNREFUSED)')
})
