import { SERIES_FILE } from '../base/index.ts'
import { appendFile, mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { histogramOf, packHistogram, unpackHistogram } from '../prometheus/index.ts'
import { openJournal } from './journal.ts'
import { packMember } from './gzipMember.ts'
import { parseLine } from './parse.ts'
import { total } from './query.ts'
import { textsOf } from './reason.ts'
import { readRecorded, readStore } from './recorded.ts'
import { diskFolder } from './runs/diskFolder.ts'
import { replayJournal } from './replay.ts'
import { createStore, type Store } from './store.ts'
import { counter, gauge, lives, pushesOf, trend } from '../../test/doubles/pushesOfK6.ts'
import { createWindows } from './windows.ts'

let folder: string
let file: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'loadwright-journal-'))
  file = join(folder, SERIES_FILE)
})
afterAll(() => rm(folder, { recursive: true }))

/** Writes pushes to the file, `each` of them to a member. */
async function write(pushes: ReturnType<typeof pushesOf>, each: number): Promise<Store> {
  await rm(file, { force: true })
  const store = createStore()
  const windows = createWindows(10_000)
  const journal = openJournal({
    folder,
    window: 10_000,
    named: new Map(),
    whole: 0,
    onFailure: (error) => {
      throw error
    },
  })
  pushes.forEach((push, index) => {
    windows.add(store.add(push))
    if (index % each === each - 1) void journal.write(windows.take(Infinity))
  })
  void journal.write(windows.take(Infinity))
  await journal.close()
  return store
}

/** By name: a file has its series in the order of their first windows, which need not be that of the pushes. */
const states = (store: Store) =>
  store
    .series()
    .map((state) => {
      if (state.kind !== 'histogram') return { ...state, last: 0 }
      return { ...state, last: 0, histogram: { ...state.histogram, sum: state.histogram.sum.toPrecision(8) } }
    })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))

test('what is written is read: every state, restarts included', async () => {
  await fc.assert(
    fc.asyncProperty(lives, fc.integer({ min: 1, max: 9 }), async (all, each) => {
      const pushes = pushesOf(all, { name: 'home' })
      const store = await write(pushes, each)
      const read = await readRecorded(diskFolder(folder))
      if (pushes.length === 0) expect(read).toBeUndefined()
      else {
        expect(read?.problems).toEqual([])
        expect(states(read!.store)).toEqual(states(store))
        expect(states((await readStore(diskFolder(folder)))!)).toEqual(states(store))
      }
    }),
    { numRuns: 40, examples: [[[[0], [0, 0], [1, 0]], 1]] },
  )
})

test('any histogram is packed without loss, but for the last digits of its sum', () => {
  const values = fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { maxLength: 40 })
  fc.assert(
    fc.property(values, fc.integer({ min: -4, max: 8 }), (all, schema) => {
      const histogram = { ...histogramOf(all, schema), ...(schema === 3 ? {} : { zeroThreshold: 0.001 }) }
      const { sum, ...exact } = unpackHistogram(JSON.parse(JSON.stringify(packHistogram(histogram))) as [])!
      expect(exact).toEqual({ ...histogram, sum: undefined })
      expect(sum).toBe(Number(histogram.sum.toPrecision(9)))
    }),
  )
  expect(unpackHistogram([null, 1, []])?.sum).toBeNaN()
  for (const nonsense of [[], [1, 1, [1]], [1, 1, [1, -1]], [1, 1, [1, 2, 0, 2]], [1, 1, [], [], 9, 0]])
    expect(unpackHistogram(nonsense)).toBeUndefined()
})

test('a file cut anywhere gives all whole members, and says so', async () => {
  const pushes = pushesOf([[1, 1, 1, 1, 1, 1]])
  await write(pushes, 2)
  const { size } = await stat(file)
  const whole = await readFile(file)
  const seen = new Set<number>()
  for (let length = size; length >= 0; length -= 7) {
    await writeFile(file, whole.subarray(0, length))
    const { store, problems } = (await readRecorded(diskFolder(folder)))!
    const count = total(store, 'iterations')
    seen.add(count)
    const said = textsOf(problems).join()
    if (length === size) expect([count, said]).toEqual([6, ''])
    else expect(said).toMatch(/^$|^The recorded series \(series\.ndjson\.gz\) are incomplete: its last lines/)
  }
  expect([...seen].sort()).toEqual([0, 2, 4, 6])
})

test('a damaged member is left out, and the next one is found', async () => {
  await write(pushesOf([[1, 1, 1, 1, 1, 1]]), 2)
  const bytes = await readFile(file)
  const first = bytes.readUInt32LE(16)
  bytes.writeUInt8(bytes.readUInt8(first + 30) ^ 0xff, first + 30)
  await writeFile(file, bytes)
  const { store, problems } = (await readRecorded(diskFolder(folder)))!
  expect(total(store, 'iterations')).toBe(4)
  expect(textsOf(problems)).toEqual([expect.stringMatching(/are incomplete: bytes \d+ to \d+ are damaged/)])
})

test('it is plain gzip for everybody else; lines of a newer loadwright are passed over', async () => {
  await write(pushesOf([[2, 3]]), 9)
  const line = (value: object) => `${JSON.stringify(value)}\n`
  await appendFile(file, await packMember(`${line({ weather: 'fine' })}no JSON\n`))
  await appendFile(file, await packMember(line({ at: 5000, until: 1, counters: [99, 1], more: true })))
  expect(gunzipSync(await readFile(file)).toString()).toContain('{"weather":"fine"}')
  const { store, problems } = (await readRecorded(diskFolder(folder)))!
  expect([total(store, 'iterations'), problems]).toEqual([5, []])
})

test('what is no file of ours is not read, and nothing is thrown', async () => {
  await writeFile(file, gzipSync('{"id":0}'))
  expect(textsOf((await readRecorded(diskFolder(folder)))?.problems ?? [])).toEqual([
    'The recorded series (series.ndjson.gz) are incomplete: from byte 0 on there are no lines of it.',
  ])
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 60 }), async (bytes) => {
      await writeFile(file, Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 4]), bytes]))
      expect((await readRecorded(diskFolder(folder)))?.store.series()).toEqual([])
    }),
    { numRuns: 50 },
  )
})

test.each(['', '1', 'null', '[]', '{"at":1}', '{"at":1,"until":2,"counters":{}}', '{"id":1,"name":"x"}'])(
  'the line %s is none',
  (text) => {
    expect(parseLine(text)).toBeUndefined()
  },
)

test('whoever goes on writing cuts off what is not whole, and keeps the ids', async () => {
  await write(pushesOf([[1, 1, 1, 1]]), 2)
  await truncate(file, (await stat(file)).size - 3)
  const store = createStore()
  const before = (await replayJournal(diskFolder(folder), store))!
  expect(total(store, 'iterations')).toBe(2)
  const windows = createWindows(10_000)
  const journal = openJournal({
    folder,
    window: 10_000,
    named: before.named,
    whole: before.whole,
    onFailure: (error) => {
      throw error
    },
  })
  const pushed = [counter('k6_iterations_total', 9, 2_000_000), gauge('k6_vus', 3, 2_000_000)]
  windows.add(store.add([...pushed, trend('k6_new', [1], 2_000_000)]))
  void journal.write(windows.take(Infinity))
  await journal.close()
  const read = (await readRecorded(diskFolder(folder)))!
  expect(read.problems).toEqual([])
  expect(total(read.store, 'iterations')).toBe(9)
  expect(read.store.series().map(({ name }) => name)).toEqual([
    ...['k6_iterations_total', 'k6_http_req_duration_seconds', 'k6_vus', 'k6_new'],
  ])
})

test('a folder that is removed, or takes nothing more, costs nothing of what was written before', async () => {
  const [home, other] = [await mkdtemp(join(folder, 'home-')), await mkdtemp(join(folder, 'other-'))]
  const windows = createWindows(10_000)
  const store = createStore()
  const failures: Error[] = []
  let recovered = 0
  const journal = openJournal({
    folder: home,
    window: 10_000,
    named: new Map(),
    whole: 0,
    elsewhere: () => Promise.resolve(other),
    onFailure: (error) => failures.push(error),
    onRecovery: () => recovered++,
  })
  /** Writes so many iterations, and waits until a folder has them all. */
  const written = async (count: number, where: string): Promise<void> => {
    windows.add(store.add([counter('k6_iterations_total', count, 1_000_000 + 1000 * count)]))
    void journal.write(windows.take(Infinity))
    const read = () => readRecorded(diskFolder(where)).catch(() => undefined)
    await expect.poll(async () => total((await read())?.store ?? createStore(), 'iterations')).toBe(count)
  }
  await written(1, home)
  await written(2, home)
  await rm(home, { recursive: true })
  await written(3, home)
  await rm(home, { recursive: true })
  await writeFile(home, 'a disk that takes nothing')
  await written(4, other)
  expect(failures).toEqual([])
  await rm(other, { recursive: true })
  await writeFile(other, 'a disk that takes nothing')
  windows.add(store.add([counter('k6_iterations_total', 5, 1_005_000)]))
  expect(await journal.write(windows.take(Infinity))).toBe(false)
  expect([failures.length, recovered]).toEqual([1, 0])
  // What waited is there with what comes when there is room again, and all that was written before.
  await rm(other)
  await written(6, other)
  await journal.close()
  expect([failures.length, recovered]).toEqual([1, 1])
})
