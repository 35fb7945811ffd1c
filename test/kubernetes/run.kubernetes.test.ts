import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { parse, stringify } from 'yaml'
import {
  cli,
  folder,
  project,
  read,
  root,
  shop,
  SHORT_LOAD,
  startCli,
  type Running,
} from '../engine/harness.ts'
import { makeAccount } from './account.ts'
import { startCluster, type Cluster, type ClusterOptions } from './cluster.ts'
import type { Image } from './container.ts'

let cluster: Cluster
let baseUrl: string
/** Of an account with the documented rights, in a namespace that allows restricted pods alone. */
let kubeconfig: string
const NAMESPACE = 'load'

/** What the images of a test are on this machine. */
function imageOf(image: string): Image | undefined {
  if (image.includes('starter')) return {}
  if (image.includes('/grafana/k6:')) return { programs: { k6: process.env.K6_BIN ?? 'k6' } }
  return image.includes('/node:') ? { programs: { node: process.execPath } } : undefined
}

/** Starts a cluster, the second one with other addresses. */
const startOne = (more: Partial<ClusterOptions> = {}): Promise<Cluster> =>
  startCluster({ folder: folder(), cpus: 2, imageOf, hosts: { 'shop.default.svc': '127.0.0.1' }, ...more })

beforeAll(async () => {
  cluster = await startOne()
  kubeconfig = await makeAccount(cluster, NAMESPACE, folder())
  baseUrl = `http://shop.default.svc:${new URL(await shop()).port}`
})
// Undefined where it could not be started.
afterAll(() => (cluster as Cluster | undefined)?.stop())

interface Kubeconfig {
  clusters: { name: string }[]
  contexts: { name: string; context: object }[]
  users: { name: string }[]
}

/** Makes an account in each of some clusters, and one kubeconfig with a context for each, by its name. */
async function contextsOf(clusters: Readonly<Record<string, Cluster>>): Promise<string> {
  const place = folder()
  const whole: Kubeconfig = { clusters: [], contexts: [], users: [] }
  for (const [name, one] of Object.entries(clusters)) {
    const own = parse(
      readFileSync(await makeAccount(one, `${NAMESPACE}-${name}`, place), 'utf8'),
    ) as Kubeconfig
    for (const { context } of own.contexts) Object.assign(context, { cluster: name, user: name })
    for (const key of ['clusters', 'contexts', 'users'] as const)
      whole[key].push(...(own[key].map((each) => ({ ...each, name })) as never[]))
  }
  const path = join(place, 'kubeconfig')
  writeFileSync(path, stringify({ apiVersion: 'v1', kind: 'Config', ...whole }), { mode: 0o600 })
  return path
}

/** Starts `loadwright kubernetes run boutique` with two runners. */
const start = (name: string, ...more: readonly string[]) => startSuite({}, name, ...more)

/** The same of another suite in its project, or with another kubeconfig. */
function startSuite(
  { suite = 'boutique', cwd = root, config = kubeconfig }: { suite?: string; cwd?: string; config?: string },
  name: string,
  ...more: readonly string[]
): { running: Running; results: string } {
  const results = folder()
  const args = ['--profile', 'load', '--base-url', baseUrl, '--name', name, '--results', results, ...more]
  const running = startCli(['kubernetes', 'run', suite, '--instances', '2', ...args], {
    env: { KUBECONFIG: config },
    cwd,
    limit: 400,
  })
  return { running, results }
}

/** The record that was left, the only one. */
function recordIn(results: string): ReturnType<typeof read>['record'] {
  const [id = ''] = readdirSync(results)
  return read(join(results, id)).record
}

/** What of a test is in the cluster. */
async function left(name: string, namespace = NAMESPACE, { api } = cluster): Promise<string[]> {
  const selector = encodeURIComponent(`app.kubernetes.io/instance=${name}`)
  const places = [
    `api/v1/namespaces/${namespace}/configmaps`,
    `api/v1/namespaces/${namespace}/secrets`,
    `apis/k6.io/v1alpha1/namespaces/${namespace}/testruns`,
  ]
  const found = await Promise.all(
    places.map((path) =>
      api<{ items: { metadata: { name: string } }[] }>('GET', `/${path}?labelSelector=${selector}`),
    ),
  )
  return found.flatMap(({ items }) => items.map(({ metadata }) => metadata.name))
}

test('two runners are one run with one verdict; what is kept is collected again, and removed', async () => {
  const { running, results } = start('whole', '--keep', ...SHORT_LOAD)
  const { code, out, err } = await running.ended
  // Thresholds on times may be crossed on a busy machine.
  expect([0, 99], out + err).toContain(code)
  expect(err).toContain('whole: started')
  const record = recordIn(results)
  const verdict = code === 0 ? 'pass' : 'fail'
  expect(record).toMatchObject({ state: 'ended', verdict, exitCode: code })
  expect(record.instances).toMatchObject([
    { id: '1', exit: 0 },
    { id: '2', exit: 0 },
  ])
  const [one, two] = record.instances.map(({ counts }) => counts?.iterations ?? 0)
  expect(one).toBeGreaterThan(0)
  expect(two).toBeGreaterThan(0)
  expect(record.totals.iterations).toBe((one ?? 0) + (two ?? 0))
  const [id = ''] = readdirSync(results)
  const log = readFileSync(join(results, id, 'k6.log'), 'utf8')
  expect(log).toMatch(/level=info/)
  expect(log).not.toMatch(/level=(warning|error)/)

  const [again, env] = [folder(), { KUBECONFIG: kubeconfig }]
  const about = (command: string, ...more: readonly string[]) =>
    cli(['kubernetes', command, 'whole', ...more], { env })
  expect(await about('status')).toMatchObject({
    code: 0,
    out: expect.stringMatching(
      /^whole: finished\n {2}runner 1 {2}ended with exit code 0\n {2}runner 2 {2}ended/,
    ) as string,
  })
  expect(await about('logs')).toMatchObject({ code: 0, out: expect.stringMatching(/^2 {2}/m) as string })
  expect(await about('collect', '--results', again)).toMatchObject({ code })
  expect(recordIn(again)).toMatchObject({ verdict, totals: record.totals })
  const second = await start('whole').running.ended
  expect(second.code, second.out + second.err).toBe(104)
  expect(second.err).toMatch(/there is a TestRun whole of another run already \(finished\).*--name/)
  expect(await about('delete')).toMatchObject({ code: 0 })
  expect(await left('whole')).toEqual([])
})

test('two regions, each a cluster of its own, begin together, each with its share, and are one run with one verdict', async () => {
  const second = await startOne({ services: '127.97.0.0/16' })
  onTestFinished(() => second.stop())
  const clusters = { eu: cluster, us: second }
  const flags = Object.keys(clusters).flatMap((name) => ['--region', `${name}=${name}`])
  const config = await contextsOf(clusters)
  const { running, results } = startSuite({ config }, 'far', ...flags, '--instances', '3', ...SHORT_LOAD)
  const { code, out, err } = await running.ended
  expect([0, 99], out + err).toContain(code)
  const record = recordIn(results)
  expect(record).toMatchObject({
    state: 'ended',
    exitCode: code,
    instances: [
      { id: '1', region: 'eu', exit: 0 },
      { id: '2', region: 'eu', exit: 0 },
      { id: '3', region: 'us', exit: 0 },
    ],
  })
  const counted = record.instances.map(({ counts }) => counts?.iterations ?? 0)
  expect(Math.min(...counted)).toBeGreaterThan(0)
  expect(record.totals.iterations).toBe(counted.reduce((sum, one) => sum + one, 0))
  expect(record.regions?.map(({ region, iterations }) => [region, iterations])).toEqual([
    ['eu', (counted[0] ?? 0) + (counted[1] ?? 0)],
    ['us', counted[2]],
  ])
  expect(record.reasons.map((one) => one.code)).not.toContain('instances-not-together')
  for (const [name, one] of Object.entries(clusters))
    expect(await left('far', `${NAMESPACE}-${name}`, one)).toEqual([])
})

/** A suite whose bundle no ConfigMap holds, not even as one archive, and whose threshold a slow shop crosses. */
const LARGE = `
import { client, journey, settings, step, suite } from 'loadwright'
import { workload } from 'loadwright/scenarios'
export const ballast = '${randomBytes(1_200_000).toString('base64')}'
const api = client(settings().BASE_URL)
const visit = journey('visit', () => step('open', () => api.get('/', { name: 'home' })))
const made = suite({
  name: 'large',
  scenarios: { visitors: workload()(visit, { vus: 2 }) },
  thresholds: { http_req_duration: ['p(95)<1000'] },
})
export const { options, setup, teardown, handleSummary } = made
export default made
`

test('one runner is judged as several are, with a bundle over 1 MB in a namespace that allows restricted pods alone', async () => {
  const refused = cluster.api('POST', `/api/v1/namespaces/${NAMESPACE}/pods`, {
    metadata: { name: 'any' },
    spec: { containers: [{ name: 'any', image: 'any:1' }] },
  })
  await expect(refused).rejects.toThrow(/violates PodSecurity \\"restricted/)
  const slow = await shop('latency=/:1200')
  const target = `http://shop.default.svc:${new URL(slow).port}`
  const place = project({ 'suites/large.ts': LARGE })
  const args = ['--instances', '1', '--base-url', target, '--keep', ...SHORT_LOAD]
  const { running, results } = startSuite({ suite: 'large', cwd: place }, 'one', ...args)
  const { code, out, err } = await running.ended
  expect(code, out + err).toBe(99)
  expect(recordIn(results)).toMatchObject({ verdict: 'fail', instances: [{ id: '1', exit: 0 }] })
  expect(await left('one')).toEqual(expect.arrayContaining(['one-bundle-1', 'one-bundle-2', 'one']))
  const env = { KUBECONFIG: kubeconfig }
  expect(await cli(['kubernetes', 'delete', 'one'], { env })).toMatchObject({ code: 0 })
  expect(await left('one')).toEqual([])
})

test('a runner that is killed for its memory makes the run invalid, and is named', async () => {
  const { running, results } = start('killed', '--duration', '120s', '--ramp-up', '1s', '--warm-up', '1s')
  await running.said(/killed: started/)
  await new Promise((resolve) => setTimeout(resolve, 5000))
  cluster.node.end('killed-2-', { container: 'OOMKilled' })
  const { code, out, err } = await running.ended
  expect(code, out + err).toBe(96)
  expect(err).toMatch(
    /runner 2 of 2 was killed for its memory \(OOMKilled, its limit is \d+Mi\); the others are stopped/,
  )
  const record = recordIn(results)
  expect(record.verdict).toBe('invalid')
  expect(record.reasons[0]).toMatchObject({ code: 'instance-lost', data: { instance: '2' } })
  expect(record.instances[0]?.counts?.iterations, JSON.stringify(record.instances)).toBeGreaterThan(0)
})

test('a runner without a node is Pending with the scheduler’s reason, and after a Ctrl-C no load can begin, whatever stays', async () => {
  // Each asks for a quarter of a CPU at least, and the node has two.
  const { running, results } = start('pending', '--keep', '--instances', '8', ...SHORT_LOAD)
  await running.said(/runner \d of 8 is Pending: 0\/1 nodes are available: 1 Insufficient cpu/)
  running.signal('SIGINT')
  const { code, out, err } = await running.ended
  expect(code, out + err).toBe(105)
  expect(recordIn(results)).toMatchObject({ state: 'ended', exitCode: 105 })
  expect(await left('pending')).toEqual(['pending-bundle', 'pending-collector', 'pending-collector'])
  const removed = await cli(['kubernetes', 'delete', 'pending'], { env: { KUBECONFIG: kubeconfig } })
  expect(removed).toMatchObject({
    code: 0,
    out: expect.stringContaining('Secret pending-collector') as string,
  })
  expect(await left('pending')).toEqual([])
})
