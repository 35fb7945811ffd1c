import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { packageRoot } from '../../base/index.ts'
import { specProblems } from '../../../test/doubles/kubernetes/schemaProblems.ts'
import { planKubernetes, type ClusterOptions } from './plan.ts'
import { objectsOf } from './render/objects.ts'
import { objectsText } from './render/text.ts'

let folder = ''
beforeAll(async () => {
  const cache = join(packageRoot, 'node_modules', '.cache')
  await mkdir(cache, { recursive: true })
  folder = await mkdtemp(join(cache, 'loadwright-kubernetes-'))
  await writeFile(join(folder, 'shop.ts'), SUITE)
  await writeFile(join(folder, 'own.js'), `export default () => {}`)
})
afterAll(() => rm(folder, { recursive: true }))

const SUITE = `
import { client, journey, settings, step, suite } from 'loadwright'
import { workload } from 'loadwright/scenarios'
const api = client(settings().BASE_URL)
const visit = journey('visit', () => step('open', () => api.get('/', { name: 'home' })))
const made = suite({ name: 'shop', scenarios: { visitors: workload()(visit, { vus: 6 }) } })
export const { options, setup, teardown, handleSummary } = made
export default made
`
const OPTIONS: ClusterOptions = {
  shell: {},
  env: [],
  more: [],
  secrets: [],
  instances: 2,
  name: undefined,
  namespace: undefined,
  collectorSecret: undefined,
  regions: [],
  images: {},
}
const IN_CLUSTER = { BASE_URL: 'http://shop.default.svc', PROFILE: 'load', ENVIRONMENT: 'dev', SCALE: '1' }
const plan = (more: Partial<ClusterOptions> = {}, flags: object = IN_CLUSTER, file = 'shop.ts') =>
  planKubernetes({ folder, config: {} }, file, { flags, set: [] }, { ...OPTIONS, ...more })
const complaint = (...args: Parameters<typeof plan>): Promise<string> =>
  plan(...args).then(() => 'no complaint', String)

test('a test has the settings, no variable of the shell, and the same bytes each time', async () => {
  const shell = { API_TOKEN: 'tok-SEKRET', HOME: '/home/me', DURATION: '20s' }
  const env = ['ORDERS=5 $(HOME)']
  const texts: string[] = []
  for (let count = 0; count < 2; count++) {
    const planned = await plan({ shell, env, secrets: ['API_TOKEN=orders/token'] })
    const test = await planned.test(await planned.started())
    const objects = objectsOf(test)
    texts.push(objectsText(test, objects))
    const run = objects.at(-1) as { spec?: { runner: { env: object[] }; parallelism: number } }
    expect(specProblems(run.spec)).toEqual([])
    expect(run.spec?.parallelism).toBe(2)
    expect(run.spec?.runner.env.slice(0, 9)).toEqual([
      { name: 'ENVIRONMENT', value: 'dev' },
      { name: 'PROFILE', value: 'load' },
      { name: 'BASE_URL', value: 'http://shop.default.svc' },
      { name: 'DURATION', value: '20s' },
      { name: 'SCALE', value: '1' },
      { name: 'RUN_ID', value: 'shop-load' },
      { name: 'SUMMARY', value: 'none' },
      { name: 'ORDERS', value: '5 $$(HOME)' },
      { name: 'API_TOKEN', valueFrom: { secretKeyRef: { name: 'orders', key: 'token' } } },
    ])
  }
  expect(texts[0]).toBe(texts[1])
  expect(texts[0]).not.toMatch(/SEKRET|\/home\/me/)
})

test('nobody names an environment, nobody says how many: dev, and as many as the load needs', async () => {
  const { notes, test, started } = await plan(
    { instances: undefined },
    { BASE_URL: 'http://shop.default.svc' },
  )
  expect(notes).toEqual([expect.stringMatching(/^environment dev/)])
  expect(await test(await started())).toMatchObject({
    runners: 1,
    started: { environment: 'dev', instances: [{ id: '1' }] },
  })
})

test('each region makes the parts of the load that are its runners’', async () => {
  const { started, test } = await plan({ instances: 3, regions: ['eu', 'us'] })
  const begun = await started()
  expect(begun.instances.map(({ id, region }) => [id, region])).toEqual([
    ['1', 'eu'],
    ['2', 'eu'],
    ['3', 'us'],
  ])
  const us = await test(begun, 'us')
  expect(us.runners).toBe(1)
  const runs = objectsOf(us).filter(({ kind }) => kind === 'TestRun') as {
    metadata: { name: string }
    spec?: { args: string[]; runner: { env: { name: string; value: string }[] } }
  }[]
  expect(runs.map(({ metadata }) => metadata.name)).toEqual(['shop-load-3'])
  const { args, runner } = runs[0]?.spec ?? { args: [], runner: { env: [] } }
  expect(specProblems(runs[0]?.spec)).toEqual([])
  expect(args.slice(-8)).toEqual([
    ...['--tag', 'region=us', '--execution-segment', '2/3:1'],
    ...['--execution-segment-sequence', '0,1/3,2/3,1', '--no-setup', '--no-teardown'],
  ])
  const url = runner.env.find(({ name }) => name === 'K6_PROMETHEUS_RW_SERVER_URL')
  expect(url?.value).toBe('http://shop-load-collector:9090/api/v1/write/3')
  expect(await complaint({ instances: 1, regions: ['eu', 'us'] })).toContain(
    '--instances: got 1; allowed: from 2 on: one for each region',
  )
})

test('what no cluster can run is refused in a sentence', async () => {
  expect(await complaint({ instances: 7 })).toContain('--instances: got 7; allowed: from 1 to 6')
  expect(await complaint({}, { PROFILE: 'load' })).toContain('BASE_URL: got nothing')
  expect(await complaint({}, { BASE_URL: 'http://127.0.0.1:8080' })).toContain('as a pod reaches it')
  expect(await complaint({ secrets: ['API_TOKEN=hunter2!'] })).toMatch(
    /--secret: got "API_TOKEN"…; allowed: NAME=SECRET\/KEY/,
  )
  expect(await complaint({ env: ['API_TOKEN=hunter2'] })).toContain('--secret NAME=SECRET/KEY')
  expect(await complaint({ more: ['--secret-source=mock=a=hunter2'] })).toContain('--secret NAME=SECRET/KEY')
  expect(await complaint({ name: 'Not One' })).toContain('--name: got "Not One"')
  expect(await complaint({ images: { k6: 'grafana/k6' } })).toContain('--k6-image: got "grafana/k6"')
  expect(await complaint({ images: { node: 'node:latest' } })).toContain('--collector-image: got')
  expect(await complaint({}, IN_CLUSTER, 'own.js')).toContain('allowed: a suite')
})
