import { SERIES_FILE } from '../base/index.ts'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { encodeWrite, type Pushed } from '../prometheus/index.ts'
import { distribution, level, total } from './query.ts'
import { textsOf } from './reason.ts'
import { readRecorded } from './recorded.ts'
import { diskFolder } from './runs/diskFolder.ts'
import { createStore } from './store.ts'
import { openRecorder, type Recorder, type RecorderOptions } from './recorder.ts'
import { counter, gauge, trend } from '../../test/doubles/pushesOfK6.ts'

let root: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'loadwright-recorder-'))
})
afterAll(() => rm(root, { recursive: true }))
const newFolder = () => mkdtemp(join(root, 'run-'))

async function push(recorder: Recorder, pushed: Pushed[]): Promise<number> {
  const headers = { 'content-type': 'application/x-protobuf', 'content-encoding': 'snappy' }
  const body = Buffer.from(encodeWrite(pushed))
  return (await fetch(recorder.url, { method: 'POST', headers, body })).status
}

/** A recorder that got so many iterations, one a second; each took 0.1 s. */
async function recorded(options: RecorderOptions, iterations: number, from = 0): Promise<Recorder> {
  const recorder = await openRecorder(options)
  for (let count = from + 1; count <= from + iterations; count++) {
    const at = 1_000_000 + 1000 * count
    const times = Array.from({ length: count }, () => 0.1)
    const pushed = [
      counter('k6_iterations_total', count, at),
      trend('k6_http_req_duration_seconds', times, at),
    ]
    expect(await push(recorder, [...pushed, gauge('k6_vus', 2, at)])).toBe(204)
  }
  return recorder
}

test('what was pushed lies in memory, in the file and in the timeline', async () => {
  const folder = await newFolder()
  const recorder = await recorded({ folder }, 24)
  expect(recorder.timeline()).toMatchObject({
    window: 10,
    at: [1000, 1010],
    iterations: [9, 10],
    vus: [2, 2],
  })
  await recorder.close()
  expect(recorder.timeline()).toMatchObject({ at: [1000, 1010, 1020], iterations: [9, 10, 5] })
  const read = (await readRecorded(diskFolder(folder)))!
  expect(total(read.store, 'iterations')).toBe(24)
  expect(distribution(read.store, 'http_req_duration')?.count).toBe(24)
  expect(read.timeline()).toEqual(recorder.timeline())
  expect(read.until).toBe(1_024_000)
  expect([recorder.problems, read.problems]).toEqual([[], []])
})

test('a recorder that is opened again goes on: nothing is counted twice', async () => {
  const folder = await newFolder()
  const first = await recorded({ folder, windowSeconds: 2 }, 7)
  await first.close()
  const second = await recorded({ folder, windowSeconds: 2, port: Number(new URL(first.url).port) }, 5, 9)
  expect(new URL(second.url).port).toBe(new URL(first.url).port)
  expect(total(second.store, 'iterations')).toBe(14)
  await second.close()
  const read = (await readRecorded(diskFolder(folder)))!
  expect(total(read.store, 'iterations')).toBe(14)
  expect(level(read.store, 'vus')).toBe(2)
  expect(read.timeline().iterations).toEqual([1, 2, 2, 2, null, 4, 2, 1])
})

test('a k6 that was started anew while nobody listened is counted in full', async () => {
  const folder = await newFolder()
  const first = await recorded({ folder }, 9)
  await first.close()
  const second = await openRecorder({ folder })
  await push(second, [counter('k6_iterations_total', 4, 1_030_000)])
  await push(second, [counter('k6_iterations_total', 6, 1_031_000)])
  await second.close()
  expect(total(second.store, 'iterations')).toBe(15)
  expect(total((await readRecorded(diskFolder(folder)))!.store, 'iterations')).toBe(15)
})

test('something is written soon after the start, for a kill that comes early', async () => {
  const folder = await newFolder()
  const recorder = await recorded({ folder }, 4)
  await expect
    .poll(async () => total((await readRecorded(diskFolder(folder)))?.store ?? recorder.store, 'iterations'))
    .toBeGreaterThanOrEqual(3)
  await recorder.close()
})

test('from then on something is written every few seconds of the run, and not with every push', async () => {
  const folder = await newFolder()
  const recorder = await recorded({ folder }, 24)
  const written = async () =>
    total((await readRecorded(diskFolder(folder)))?.store ?? createStore(), 'iterations')
  await expect.poll(written).toBe(23)
  await recorder.close()
  expect(await written()).toBe(24)
})

test('a file that cannot be written is one problem; all else goes on', async () => {
  const recorder = await recorded({ folder: join(root, 'nowhere') }, 20)
  await recorder.close()
  expect(total(recorder.store, 'iterations')).toBe(20)
  expect(recorder.timeline().iterations).toEqual([9, 10, 1])
  expect(textsOf(recorder.problems)).toEqual([
    expect.stringMatching(
      /^The record's series cannot be written: ENOENT: .+\. The figures in run\.json are whole, its charts end here\.$/,
    ),
  ])
})

test.runIf(existsSync('/dev/full'))('a full disk is one problem; all else goes on', async () => {
  const folder = await newFolder()
  await symlink('/dev/full', join(folder, SERIES_FILE))
  const recorder = await recorded({ folder }, 20)
  await recorder.close()
  expect(total(recorder.store, 'iterations')).toBe(20)
  expect(textsOf(recorder.problems).filter((text) => text.includes('cannot be written'))).toEqual([
    expect.stringMatching(/^The record's series cannot be written: ENOSPC: no space left on device/),
  ])
})

test('what is there and cannot be read is not written over', async () => {
  const folder = await newFolder()
  await mkdir(join(folder, SERIES_FILE))
  const recorder = await recorded({ folder }, 3)
  await recorder.close()
  expect(textsOf(recorder.problems)).toEqual([
    expect.stringMatching(/^What was recorded before \(series\.ndjson\.gz\) cannot be read: EISDIR/),
  ])
  expect(total(recorder.store, 'iterations')).toBe(3)
})

test('bodies are handed on as they came; what a listener throws fails no push', async () => {
  const bodies: Buffer[] = []
  const recorder = await recorded(
    {
      folder: await newFolder(),
      onPush: (body) => {
        bodies.push(body)
        throw new Error('the queue is full')
      },
    },
    3,
  )
  await recorder.close()
  expect(bodies).toHaveLength(3)
  expect(bodies[0]).toEqual(
    Buffer.from(
      encodeWrite([
        counter('k6_iterations_total', 1, 1_001_000),
        trend('k6_http_req_duration_seconds', [0.1], 1_001_000),
        gauge('k6_vus', 2, 1_001_000),
      ]),
    ),
  )
  expect(total(recorder.store, 'iterations')).toBe(3)
  expect(recorder.problems).toEqual([
    {
      code: 'push-not-followed',
      text: 'What follows a push failed: the queue is full.',
      data: { why: 'the queue is full' },
    },
  ])
})

test('where nothing was written there is nothing to read', async () => {
  expect(await readRecorded(diskFolder(await newFolder()))).toBeUndefined()
})
