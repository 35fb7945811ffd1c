import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { encodeWrite, pack, type Pushed } from '../../prometheus/index.ts'
import { diskFolder, distribution, PUSHES_FOLDER, readRecorded, textsOf, total } from '../../record/index.ts'
import { counter, gauge, inAll, lives, pushesOf } from '../../../test/doubles/pushesOfK6.ts'
import { openCollection, type Collection } from './collection.ts'
import { startCollector, type Collector } from './collector.ts'
import { unkept } from './unkept.ts'

let root: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'loadwright-collect-'))
})
afterAll(() => rm(root, { recursive: true }))

const TOKEN = 'a-token-of-this-run'
const ID = 'boutique-1'
const SHA256 = 'ab'.repeat(32)
const HEADERS = { 'content-type': 'application/x-protobuf', 'content-encoding': 'snappy' }
const of = (instance: string, testid = ID) => ({ testid, instance_id: instance })

interface Open extends Collection {
  collector: Collector
  folder: string
}

async function open(folder?: string): Promise<Open> {
  const place = folder ?? (await mkdtemp(join(root, 'run-')))
  const collection = await openCollection({ folder: place, id: ID, sha256: SHA256, windowSeconds: 2 })
  const collector = await startCollector(collection.intake, { host: '127.0.0.1', port: 0, token: TOKEN })
  onTestFinished(async () => {
    await collector.close()
    await collection.close()
  })
  return { ...collection, collector, folder: place }
}

async function push({ collector }: Open, pushed: readonly Pushed[] | Buffer, headers = {}): Promise<number> {
  const body = Buffer.isBuffer(pushed) ? pushed : Buffer.from(encodeWrite(pushed))
  const authorization = `Bearer ${TOKEN}`
  const url = `${collector.url}/api/v1/write`
  const { status } = await fetch(url, {
    method: 'POST',
    headers: { ...HEADERS, authorization, ...headers },
    body: new Uint8Array(body),
  })
  return status
}
const text = async ({ collector }: Open, path: string): Promise<string> =>
  (await fetch(`${collector.url}${path}`)).text()

test('pushes of several instances are one recording, and each is told by its name', async () => {
  const run = await open()
  for (const [at, value] of [
    [1000, 3],
    [2000, 7],
  ] as const)
    for (const instance of ['1', '2', '10']) {
      const pushed = [
        counter('k6_iterations_total', value, at, of(instance)),
        gauge('k6_vus', 1, at, of(instance)),
      ]
      expect(await push(run, pushed, { 'x-loadwright-bundle': SHA256 })).toBe(204)
    }
  expect(await push(run, [gauge('k6_vus', Number.NaN, 2500, of('2'))])).toBe(204)
  expect(total(run.recording.store, 'iterations')).toBe(21)
  expect(run.intake.members().map(({ id, pushes, isEnded }) => [id, pushes, isEnded])).toEqual([
    ['1', 2, false],
    ['2', 3, true],
    ['10', 2, false],
  ])
  expect(await text(run, '/healthz')).toBe('ok\n')
  expect(await text(run, '/metrics')).toMatch(/^loadwright_collector_pushes_total 7$/m)
  expect(await text(run, '/metrics')).toMatch(/^loadwright_collector_pushed_samples_total 13$/m)
})

test('where the disk takes nothing, pushes are refused and named until there is room again', async () => {
  const run = await open()
  const place = join(run.folder, PUSHES_FOLDER)
  await rm(place, { recursive: true })
  await writeFile(place, 'a disk that takes nothing')
  const pushOf = (value: number) => push(run, [counter('k6_iterations_total', value, 1000 * value, of('1'))])
  expect(await pushOf(1)).toBe(503)
  expect(await text(run, '/healthz')).toMatch(/^The disk takes nothing more/)
  expect(await text(run, '/metrics')).toMatch(/unkept_pushes_total 1\n[^]*unkept_instances 1\n/)
  expect(unkept(run.intake)).toMatchObject([
    { code: 'collector-full', text: expect.stringContaining('what instance 1 pushed last') as string },
  ])
  await rm(place)
  await mkdir(place)
  expect(await pushOf(2)).toBe(204)
  expect([await text(run, '/healthz'), unkept(run.intake)]).toEqual(['ok\n', []])
  expect(textsOf(run.intake.problems())).toEqual([expect.stringContaining('refused until there is room')])
  expect(total(run.recording.store, 'iterations')).toBe(2)
})

test('the path may name an instance, whatever its k6 calls itself', async () => {
  const run = await open()
  const pushes = ['4', '7'].map((name) => ({ name, value: Number(name) }))
  for (const { name, value } of pushes) {
    const body = encodeWrite([counter('k6_iterations_total', value, 1000, { ...of('1'), region: 'eu' })])
    const { status } = await fetch(`${run.collector.url}/${TOKEN}/api/v1/write/${name}`, {
      method: 'POST',
      headers: HEADERS,
      body: new Uint8Array(body),
    })
    expect(status).toBe(204)
  }
  expect(run.intake.members().map(({ id, region }) => [id, region])).toEqual([
    ['4', 'eu'],
    ['7', 'eu'],
  ])
  expect(total(run.recording.store, 'iterations')).toBe(11)
  const { status } = await fetch(`${run.collector.url}/${TOKEN}/api/v1/write/4`, {
    method: 'POST',
    headers: HEADERS,
    body: new Uint8Array(pack(Buffer.from([10, 200, 1]))),
  })
  expect(status).toBe(400)
})

test('the token may stand in the path; without it nothing is read', async () => {
  const run = await open()
  const body = Buffer.from(encodeWrite([counter('k6_iterations_total', 1, 1000, of('1'))]))
  const statusOf = async (path: string, headers = {}) =>
    (await fetch(run.collector.url + path, { method: 'POST', headers: { ...HEADERS, ...headers }, body }))
      .status
  expect(await statusOf('/api/v1/write')).toBe(401)
  expect(await statusOf('/')).toBe(401)
  expect(await statusOf('/api/v1/write', { authorization: 'Bearer another' })).toBe(401)
  expect(await statusOf(`/${TOKEN}x/api/v1/write`)).toBe(401)
  expect(await statusOf(`/${TOKEN}/api/v1/query`)).toBe(404)
  expect(run.intake.counts).toMatchObject({ pushes: 0, unauthorized: 4 })
  expect(await statusOf(`/${TOKEN}/api/v1/write`)).toBe(204)
})

test.each([
  ['of no run', [counter('k6_iterations_total', 1, 1000)], {}, /says of no run.*--tag testid=boutique-1/],
  ['of another run', [counter('k6_iterations_total', 1, 1000, of('1', 'other'))], {}, /is of run "other"/],
  ['of nobody', [counter('k6_iterations_total', 1, 1000, { testid: ID })], {}, /--tag instance_id=1/],
  [
    'of two instances',
    [counter('k6_iterations_total', 1, 1000, of('1')), counter('k6_iterations_total', 1, 1000, of('2'))],
    {},
    /several runs or instances/,
  ],
  [
    'without histograms',
    [counter('k6_http_req_duration_p99', 1, 1000, of('1'))],
    {},
    /Instance "1" pushes its times without.*K6_FEATURES=native-histograms/,
  ],
  [
    'of another bundle',
    [counter('k6_iterations_total', 1, 1000, of('1'))],
    { 'x-loadwright-bundle': 'cd'.repeat(32) },
    /Instance "1" runs another bundle, "cdcdcdcdcdcd"/,
  ],
])('a push %s is refused, and why is told', async (_, pushed, headers, why) => {
  const run = await open()
  expect(await push(run, pushed, headers)).toBe(409)
  expect(textsOf(run.intake.problems())).toEqual([expect.stringMatching(why)])
  expect(run.recording.store.size).toBe(0)
})

test('an instance that began anew, and two of one name, are told apart', async () => {
  const run = await open()
  const said = (value: number, at: number) => [counter('k6_iterations_total', value, at, of('1'))]
  await push(run, said(5, 1000))
  await push(run, said(2, 2000))
  expect(run.intake.members()).toMatchObject([{ restarts: 1, isDoubled: false }])
  const [a, b] = [{}, {}]
  for (let at = 3000; at < 9000; at += 1000)
    for (const [connection, later] of [
      [a, 0],
      [b, 300],
    ] as const) {
      const pushed = [...said(at, at + later), gauge('k6_vus', 1, at + later, of('1'))]
      await run.intake.take(Buffer.from(encodeWrite(pushed)), { bundle: undefined, connection })
    }
  expect(run.intake.members()).toMatchObject([{ id: '1', isDoubled: true }])
  // Five of the first k6, and what the one after it counted last.
  expect(total(run.recording.store, 'iterations')).toBe(8005)
})

test('what was acknowledged is there, though the collector was never closed', async () => {
  const first = await open()
  const pushes = pushesOf([[1, 2, 3], [4]], of('1'))
  for (const pushed of pushes) expect(await push(first, pushed)).toBe(204)
  await first.collector.close()
  // Also to whoever only looks at its folder.
  const recorded = await readRecorded(diskFolder(first.folder))
  expect(recorded && total(recorded.store, 'iterations')).toBe(10)
  const second = await open(first.folder)
  // Who came is known, too, though that was not written down.
  expect(second.intake.members()).toMatchObject([{ id: '1', pushes: pushes.length }])
  expect(total(second.recording.store, 'iterations')).toBe(10)
  expect(await push(second, pushes.at(-1) ?? [])).toBe(204)
  await second.close()
  expect(total(second.recording.store, 'iterations')).toBe(10)
  expect(await readdir(join(first.folder, 'pushes'))).not.toContain('pushes-1.bin')
})

test('whatever comes twice, late or not at all: counts are those of the last push of each', async () => {
  await fc.assert(
    fc.asyncProperty(lives, lives, fc.infiniteStream(fc.nat({ max: 3 })), async (one, other, luck) => {
      const folder = await mkdtemp(join(root, 'any-'))
      const queues = [pushesOf([one.flat()], of('1')), pushesOf([other.flat()], of('2'))]
      let run = await openCollection({ folder, id: ID, sha256: SHA256 })
      const next = (): number => luck.next().value as number
      const take = (pushed: readonly Pushed[]) =>
        run.intake.take(Buffer.from(encodeWrite(pushed)), { bundle: undefined, connection: queues })
      while (queues.some((queue) => queue.length > 0)) {
        const queue = queues[next() % 2]!
        const pushed = queue.shift()
        if (!pushed) continue
        const fate = next()
        // The last push of a series is the one that must not be lost.
        if (fate === 0 && queue.length > 0) continue
        await take(pushed)
        if (fate === 1) await take(pushed)
        if (fate === 2 && next() === 0) {
          await run.close()
          run = await openCollection({ folder, id: ID, sha256: SHA256 })
        }
      }
      const expected = inAll(one) + inAll(other)
      expect(total(run.recording.store, 'iterations')).toBe(expected)
      expect(distribution(run.recording.store, 'http_req_duration')?.count ?? 0).toBe(expected)
      await run.close()
    }),
    { numRuns: 30 },
  )
})

test('2,000 mutated pushes are refused or taken, and the collector lives', async () => {
  const run = await open()
  const whole = Buffer.from(encodeWrite(pushesOf([[3, 1, 4]], of('1')).flat()))
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat({ max: whole.length - 1 }), fc.nat({ max: 255 })), {
        minLength: 1,
        maxLength: 8,
      }),
      fc.nat({ max: whole.length }),
      fc.boolean(),
      async (changes, length, isCut) => {
        const body = Buffer.from(isCut ? whole.subarray(0, length) : whole)
        for (const [at, byte] of changes) if (at < body.length) body[at] = byte
        expect([204, 400, 409]).toContain(await push(run, body))
      },
    ),
    { numRuns: 2000 },
  )
  expect(run.intake.problems().length).toBeLessThanOrEqual(100)
  expect(await text(run, '/healthz')).toBe('ok\n')
})

test('connections beyond the limit are closed, and those who push go on', async () => {
  const run = await open()
  const said = (value: number) => push(run, [counter('k6_iterations_total', value, 1000 * value, of('1'))])
  expect(await said(1)).toBe(204)
  const { port } = new URL(run.collector.url)
  const sockets = Array.from({ length: 2200 }, () =>
    connect(Number(port), '127.0.0.1').on('error', () => undefined),
  )
  await expect.poll(() => run.intake.counts.dropped, { timeout: 60_000 }).toBeGreaterThanOrEqual(200)
  expect(await said(2)).toBe(204)
  for (const socket of sockets) socket.destroy()
}, 90_000)
