import { expect, onTestFinished, test } from 'vitest'
import {
  ended,
  podOf,
  RUNNING,
  runnerPod,
  type FakeCluster,
} from '../../../../test/doubles/kubernetes/cluster.ts'
import { inCluster, NAME, temporary } from '../../../../test/doubles/kubernetes/inCluster.ts'
import { startFakePrometheus } from '../../../../test/doubles/prometheus.ts'
import { targetOf } from '../../../telemetry/index.ts'
import { collectTest } from './collectTest.ts'

const figures = '{\n  "metrics": {\n    "iterations": { "count": 5, "rate": 1 }\n  }\n}\n'

/** Both runners begin, push and come to their end. */
const whole = async (
  cluster: FakeCluster,
  stage: (stage: string) => void,
  push: (instance: string) => Promise<void>,
): Promise<void> => {
  for (const number of [1, 2]) cluster.pod(runnerPod(NAME, number, RUNNING))
  stage('started')
  await Promise.all([push('1'), push('2')])
  for (const number of [1, 2]) {
    cluster.logs.set(`${NAME}-${number}-x7k2p`, figures)
    cluster.pod(runnerPod(NAME, number, ended(0)))
  }
  stage('finished')
}

/** What of a test is there, but for pods. */
const left = ({ objects }: FakeCluster): string[] =>
  [...objects.keys()].filter((key) => !key.startsWith('pods/'))

test('a cluster that is busy, breaks off or loses an answer is asked again, and the run is whole', async () => {
  const counts = new Map<string, number>()
  const { fake, record } = await inCluster('busy', whole, {}, (asked) => {
    if (asked.includes('portforward')) return undefined
    const count = (counts.get(asked) ?? 0) + 1
    counts.set(asked, count)
    // The answer to each first creation is lost after it was made.
    if (asked.startsWith('POST')) return count === 1 && asked.endsWith('/testruns') ? 0 : undefined
    return count === 2 ? 503 : count === 4 ? 0 : undefined
  })
  expect(record).toMatchObject({ state: 'ended', totals: { iterations: 10 } })
  expect(left(fake)).toEqual([])
})

test('a cluster that takes the account’s rights away ends the run; what it has of it stays', async () => {
  let isRefused = false
  const { fake, said, record } = await inCluster(
    'forbidden',
    async (cluster, stage) => {
      for (const number of [1, 2]) cluster.pod(runnerPod(NAME, number, RUNNING))
      stage('started')
      await expect.poll(() => cluster.asked.filter((one) => one.endsWith('/pods')).length).toBeGreaterThan(3)
      isRefused = true
    },
    {},
    () => (isRefused ? 403 : undefined),
  )
  expect(record).toMatchObject({ verdict: 'invalid', reasons: [{ code: 'run-stopped' }] })
  expect(record.reasons[0]?.text).toMatch(/lost sight of.*\(403\)/)
  expect(said.at(-1)).toMatch(
    /objects stay.*kubernetes collect boutique-load.*kubernetes delete boutique-load/,
  )
  expect(left(fake)).toContain(`testruns/${NAME}`)
})

test('what is recorded in a cluster goes to a server of metrics, too', async () => {
  const server = await startFakePrometheus()
  onTestFinished(() => server.close())
  const target = targetOf({ url: server.url, env: {} })
  if (!target) throw new Error('there is a URL')
  const forward = { target, histograms: 'native', answers: true } as const
  const { record } = await inCluster('forwarded', whole, { forward })
  expect(record.forward).toMatchObject({ url: server.url, dropped: 0, lost: 0 })
  const iterations = [...server.taken].filter(([key]) => key.includes('k6_iterations_total'))
  expect(iterations.map(([, points]) => [...points.values()].at(-1))).toEqual([5, 5])
})

test('a second Ctrl-C waits for nobody: the TestRun goes, and what was recorded is here', async () => {
  const { fake, said, record } = await inCluster('hurried', async (cluster, stage, push) => {
    for (const number of [1, 2]) cluster.pod(runnerPod(NAME, number, RUNNING))
    stage('started')
    await Promise.all([push('1'), push('2')])
    await expect
      .poll(() => cluster.asked.filter((one) => one === 'FORWARD collector-1:9090').length)
      .toBeGreaterThan(1)
    process.emit('SIGINT')
    // Its runners do not stop.
    await expect.poll(() => cluster.asked).toContain(`FORWARD ${NAME}-1-x7k2p:6565`)
    await new Promise((resolve) => setTimeout(resolve, 1100))
    process.emit('SIGINT')
  })
  expect(said).toContain('interrupted')
  expect(record).toMatchObject({ exitCode: 105, totals: { iterations: 10 } })
  expect(left(fake)).toEqual([])
})

test('a test that the operator has never begun is collected as that, in the operator’s words', async () => {
  const { fake } = await inCluster(
    'refused',
    (cluster, stage) => {
      cluster.pod(podOf(NAME, `${NAME}-initializer`, {}, ended(107)))
      cluster.logs.set(`${NAME}-initializer-x7k2p`, 'level=error msg="there is no boutique.js"\n')
      stage('error')
      return Promise.resolve()
    },
    { keep: true },
  )
  const how = {
    results: await temporary('collected'),
    baselines: 'none',
    secret: undefined,
    say: () => undefined,
  }
  const { record } = await collectTest([{ cluster: fake.cluster }], NAME, how, () => undefined)
  expect(record.reasons[0]?.text).toContain('the operator’s initializer failed: there is no boutique.js')
})

test('a Secret of somebody’s own is not overwritten, and nothing of it is removed', async () => {
  const own = { metadata: { name: `${NAME}-collector`, uid: 'mine' }, data: { token: 'bWluZQ==' } }
  let fake: FakeCluster | undefined
  await expect(
    inCluster('taken', whole, {}, undefined, (cluster) => {
      fake = cluster
      cluster.objects.set(`secrets/${NAME}-collector`, own)
    }),
  ).rejects.toThrow(
    'there is a Secret boutique-load-collector that is not of loadwright’s: give another --name',
  )
  expect(fake?.objects.get(`secrets/${NAME}-collector`)).toBe(own)
})

test('a script that ends one runner with an error ends the others, and is what the run came to', async () => {
  const { said, record } = await inCluster('threw', async (cluster, stage) => {
    for (const number of [1, 2]) cluster.pod(runnerPod(NAME, number, RUNNING))
    stage('started')
    cluster.pod(runnerPod(NAME, 2, ended(107)))
    await expect.poll(() => cluster.asked.some((one) => one.endsWith('1-x7k2p:6565'))).toBe(true)
    cluster.pod(runnerPod(NAME, 1, ended(103)))
  })
  expect(said).toContain('runner 2 of 2 ended with exit code 107; the others are stopped')
  expect(record.reasons[0]).toMatchObject({ code: 'script-ended' })
})

test('what is waited for before the start has a limit; then no load can begin, whatever stays', async () => {
  const { fake, said, record } = await inCluster(
    'stuck',
    (cluster, stage) => {
      const conditions = [{ type: 'PodScheduled', status: 'False', message: '0/1 nodes are available' }]
      cluster.pod(podOf(NAME, `${NAME}-initializer`, {}, { phase: 'Pending', conditions }))
      stage('initialization')
      return Promise.resolve()
    },
    { waitMs: 100, keep: true },
  )
  expect(said).toContain('the initializer is Pending: 0/1 nodes are available')
  expect(record.reasons[0]?.text).toBe(
    'k6 could not be started: waited for the initializer for 0.1 s (--wait), Pending: 0/1 nodes are available: see its pod, or its job where there is none',
  )
  expect(left(fake)).toContain(`secrets/${NAME}-collector`)
  expect(left(fake)).not.toContain(`testruns/${NAME}`)
})

test('a TestRun that is not what was rendered makes the run invalid', async () => {
  const { record } = await inCluster('changed', async (cluster, stage, push) => {
    const { spec } = cluster.objects.get(`testruns/${NAME}`) ?? {}
    if (spec) spec.parallelism = 8
    await whole(cluster, stage, push)
  })
  expect(record.reasons).toContainEqual(
    expect.objectContaining({
      code: 'instance-unsound',
      text: 'instance 1 of 2 ran, as all did, with parallelism 8 (2 was rendered): its load is not what was planned',
    }),
  )
})
