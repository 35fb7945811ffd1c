import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { clusterTest } from '../../../../test/doubles/kubernetes/clusterTest.ts'
import {
  ended,
  partPod,
  RUNNING,
  startCluster,
  type FakeCluster,
} from '../../../../test/doubles/kubernetes/cluster.ts'
import {
  NAME,
  planned,
  playCollector,
  temporary,
  type PushLoad,
} from '../../../../test/doubles/kubernetes/inCluster.ts'
import { pausedK6, type PausedK6 } from '../../../../test/doubles/kubernetes/runnerApi.ts'
import { equalParts } from '../../../run/index.ts'
import type { PlannedTest } from '../plan.ts'
import { collectTest } from './collectTest.ts'
import { runTest, type ClusterRun } from './runTest.ts'

const figures = '{\n  "metrics": {\n    "iterations": { "count": 5, "rate": 1 }\n  }\n}\n'

/** The regions, and the parts of the load that each makes. */
const PARTS = { eu: [1, 2], us: [3] } as const
type Region = keyof typeof PARTS

/** A load of three runners, two of them in one region. */
function plannedIn(id: string): PlannedTest {
  const whole = planned(id)
  const regions: readonly Region[] = ['eu', 'eu', 'us']
  return {
    ...whole,
    async started() {
      const begun = await whole.started()
      const k6 = begun.instances[0]?.k6 ?? { version: '', path: '', command: [] }
      return { ...begun, instances: regions.map((region, index) => ({ id: String(index + 1), k6, region })) }
    },
    test: (started, region = '') => {
      const parts = equalParts(3).filter((_, index) => regions[index] === region)
      return Promise.resolve(clusterTest({ started, runners: parts.length, share: { region, parts } }))
    },
  }
}

/** What a test plays of a region: its cluster, its runners' REST APIs, and a push of one of its runners. */
interface Played {
  readonly fake: FakeCluster
  readonly k6: PausedK6[]
  readonly push: (part: number) => Promise<void>
  /** Sets the operator's stage of the TestRun of each part. */
  readonly stage: (stage: string) => void
}

const placesOf = (eu: FakeCluster, us: FakeCluster) => [
  { region: 'eu', cluster: eu.cluster },
  { region: 'us', cluster: us.cluster },
]

/** Runs a test in two clusters; `play` is told of both once their TestRuns are there. */
async function inRegions(
  id: string,
  play: (of: Record<Region, Played>) => Promise<void>,
  { setup, ...more }: Partial<ClusterRun> & { setup?: Parameters<typeof pausedK6>[0] } = {},
) {
  const said: string[] = []
  const played = new Map<Region, Played>()
  const startRegion = async (region: Region): Promise<FakeCluster> => {
    let push: Promise<PushLoad> | undefined
    const made: { status?: object }[] = []
    const fake = await startCluster((cluster, object) => {
      if (object.kind === 'Deployment') push = playCollector(cluster, object, id)
      if (object.kind !== 'TestRun') return
      made.push(object)
      if (made.length < PARTS[region].length) return
      void (async () => {
        const k6 = await Promise.all(PARTS[region].map(() => pausedK6(setup)))
        PARTS[region].forEach((part, index) => {
          cluster.pod(partPod(NAME, part, RUNNING))
          cluster.ports.set(`${NAME}-${part}-1-x7k2p:6565`, k6[index]?.port ?? 1)
        })
        const to = await push
        played.set(region, {
          fake: cluster,
          k6,
          // The operator calls the only runner of a TestRun 1.
          push: async (part) => to?.('1', { region }, `/${part}`),
          stage: (stage) => made.forEach((one) => (one.status = { stage })),
        })
        const [eu, us] = [played.get('eu'), played.get('us')]
        if (eu && us) await play({ eu, us })
      })()
    })
    onTestFinished(() => fake.close())
    return fake
  }
  const [eu, us] = [await startRegion('eu'), await startRegion('us')]
  const places = placesOf(eu, us)
  const run = {
    results: await temporary('regions'),
    baselines: 'none',
    keep: false,
    waitMs: 60_000,
    where: '--region eu=a --region us=b',
    say: (line: string) => void said.push(line),
    ...more,
  }
  const { record, folder } = await runTest(places, plannedIn(id), run, () => undefined)
  return { eu, us, said, record, folder, places }
}

const left = ({ objects }: FakeCluster): string[] =>
  [...objects.keys()].filter((key) => !key.startsWith('pods/'))

/** All runners of a region push, and come to their end. */
async function toEnd(region: Region, { fake, push, stage }: Played): Promise<void> {
  for (const part of PARTS[region]) {
    await push(part)
    fake.logs.set(`${NAME}-${part}-1-x7k2p`, figures)
    fake.pod(partPod(NAME, part, ended(0)))
  }
  stage('finished')
}

const RELEASED = 'PATCH status {"paused":false}'

test('regions begin together once all of them wait, with one setup, and are one run', async () => {
  const { eu, us, record, places } = await inRegions(
    'both',
    async (of) => {
      of.eu.stage('started')
      of.us.stage('created')
      await expect
        .poll(() => of.eu.fake.asked.filter((one) => one.endsWith('/pods')).length)
        .toBeGreaterThan(4)
      expect(of.eu.k6[0]?.asked).toEqual([])
      of.us.stage('started')
      await expect.poll(() => of.eu.k6[0]?.asked).toEqual(['POST setup', RELEASED])
      for (const k6 of [of.eu.k6[1], of.us.k6[0]])
        await expect.poll(() => k6?.asked).toEqual(['PUT setup {"token":"t"}', RELEASED])
      await Promise.all([toEnd('eu', of.eu), toEnd('us', of.us)])
    },
    { setup: { data: { token: 't' } }, keep: true },
  )
  const instances = [
    { id: '1', region: 'eu', exit: 0, counts: { iterations: 5 } },
    { id: '2', region: 'eu', exit: 0 },
    { id: '3', region: 'us', exit: 0 },
  ]
  expect(record).toMatchObject({ state: 'ended', totals: { iterations: 15 }, instances })
  expect(new Set(record.instances.map(({ started }) => started)).size).toBe(1)
  expect(record.regions?.map(({ region, iterations }) => [region, iterations])).toEqual([
    ['eu', 10],
    ['us', 5],
  ])
  expect(left(eu)).toContain(`testruns/${NAME}-2`)
  expect(left(us)).toContain(`testruns/${NAME}-3`)
  const run = eu.objects.get(`testruns/${NAME}-2`)?.spec as unknown as {
    args: string[]
    starter: { schedulerName: string }
  }
  expect(run.args.join(' ')).toContain('--execution-segment 1/3:2/3 --execution-segment-sequence 0,1/3,2/3,1')
  expect(run.starter.schedulerName).toBe('loadwright-none')

  const how = { secret: undefined, say: () => undefined }
  const results = await temporary('again')
  const again = await collectTest(places, NAME, { ...how, results, baselines: 'none' }, () => undefined)
  expect(again.record).toMatchObject({ totals: record.totals, instances })
  await expect(
    collectTest(places.slice(0, 1), NAME, { ...how, results, baselines: 'none' }, () => undefined),
  ).rejects.toThrow(
    'boutique-load was made by several clusters; its regions us are missing: give each as --region NAME=CONTEXT',
  )
})

test('a region that loses a runner ends the others, which are not lost', async () => {
  const { eu, us, said, record } = await inRegions('lost', async (of) => {
    of.eu.stage('started')
    of.us.stage('started')
    await expect.poll(() => of.us.k6[0]?.asked).toContain(RELEASED)
    await Promise.all([of.eu.push(1), of.eu.push(2), of.us.push(3)])
    of.us.fake.pod(partPod(NAME, 3, ended(137, 'OOMKilled')))
    await expect.poll(() => of.eu.k6[1]?.asked).toContain('PATCH status {"stopped":true}')
    for (const part of PARTS.eu) of.eu.fake.pod(partPod(NAME, part, ended(103)))
  })
  const how = 'was killed for its memory (OOMKilled, its limit is 256Mi)'
  expect(said).toContain(`eu: us: runner 3 of 3 ${how}; the others are stopped`)
  expect(record.verdict).toBe('invalid')
  expect(record.reasons.filter(({ code }) => code === 'instance-lost')).toMatchObject([
    { data: { instance: '3', how } },
  ])
  expect([...left(eu), ...left(us)]).toEqual([])
})

test('a setup that fails ends all before any load, in the script’s own words', async () => {
  const failed = 'Error: no account\n\tat setup (file:///boutique.js:3:1)'
  const { eu, us, record, folder } = await inRegions(
    'setup',
    (of) => {
      of.eu.stage('started')
      of.us.stage('started')
      return Promise.resolve()
    },
    { setup: { failed } },
  )
  expect(record).toMatchObject({ verdict: 'invalid', exitCode: 96, totals: { iterations: 0 } })
  expect(record.reasons[0]?.text).toContain('no account')
  expect(await readFile(join(folder, 'k6.log'), 'utf8')).toContain('no account')
  expect([...left(eu), ...left(us)]).toEqual([])
})

test('a runner that cannot be asked is no fault of the script', async () => {
  const { eu, us, record } = await inRegions(
    'unreached',
    (of) => {
      of.us.fake.ports.set(`${NAME}-3-1-x7k2p:6565`, 1)
      of.eu.stage('started')
      of.us.stage('started')
      return Promise.resolve()
    },
    { setup: { data: 1 } },
  )
  expect(record.reasons[0]?.text).toMatch(
    /^k6 could not be started: .*port 6565 of the pod boutique-load-3-1-x7k2p/,
  )
  expect([...left(eu), ...left(us)]).toEqual([])
})

test('a region that another run has leaves nothing behind in the others', async () => {
  const [eu, us] = [await startCluster(), await startCluster()]
  onTestFinished(async () => {
    await eu.close()
    await us.close()
  })
  us.objects.set(`testruns/${NAME}-3`, { metadata: { name: `${NAME}-3` }, status: { stage: 'started' } })
  const run = {
    results: await temporary('taken'),
    baselines: 'none',
    keep: false,
    waitMs: 1,
    where: '',
    say: () => undefined,
  }
  await expect(runTest(placesOf(eu, us), plannedIn('taken'), run, () => undefined)).rejects.toThrow(
    /boutique-load-3/,
  )
  expect(left(eu)).toEqual([])
})
