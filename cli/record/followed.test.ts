import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { lives, pushesOf } from '../../test/doubles/pushesOfK6.ts'
import { SERIES_FILE } from '../base/index.ts'
import { decodeWrite } from '../prometheus/index.ts'
import { followRecorded } from './followed.ts'
import { distribution, total } from './query.ts'
import { readRecorded } from './recorded.ts'
import { openRecording } from './recording.ts'
import type { Store } from './store.ts'
import { diskFolder } from './runs/diskFolder.ts'

let root: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'loadwright-followed-'))
})
afterAll(() => rm(root, { recursive: true }))
const folder = (): Promise<string> => mkdtemp(join(root, 'run-'))

/** The file that a collector writes of one k6 after another. */
async function recorded(
  of: readonly (readonly number[])[],
  region: string,
): Promise<{ file: Buffer; store: Store }> {
  const place = await folder()
  const recording = await openRecording({ folder: place, windowSeconds: 2 })
  const labels = { testid: 'far', instance_id: region, region }
  for (const pushed of pushesOf(of, labels)) recording.keep(recording.store.add(pushed))
  await recording.close()
  const file = await readFile(join(place, SERIES_FILE)).catch(() => Buffer.alloc(0))
  return { file, store: recording.store }
}

test('what several collectors have recorded is one recording, however its parts come', async () => {
  const ofTwo = fc.tuple(lives, lives, fc.integer({ min: 1, max: 4000 }))
  await fc.assert(
    fc.asyncProperty(ofTwo, async ([eu, us, step]) => {
      const there = [await recorded(eu, 'eu'), await recorded(us, 'us')] as const
      const all = (name: 'iterations' | 'http_req_duration') =>
        there.map(({ store }) =>
          name === 'iterations' ? total(store, name) : (distribution(store, name)?.count ?? 0),
        )
      const sum = ([a = 0, b = 0]: readonly number[]): number => a + b
      const place = await folder()
      const followed = await followRecorded({ folder: place, windowSeconds: 2 })
      const sources = there.map(({ file }) => ({ file, source: followed.source() }))
      for (let round = 0; sources.some(({ file, source }) => source.bytes < file.length); round++)
        for (const { file, source } of sources)
          await source.take(file.subarray(source.bytes, source.bytes + step * 2 ** round))
      await followed.close()
      const again = await readRecorded(diskFolder(place))
      for (const store of [followed.store, ...(again ? [again.store] : [])]) {
        expect(total(store, 'iterations')).toBe(sum(all('iterations')))
        expect(total(store, 'iterations', { region: 'eu' })).toBe(all('iterations')[0])
        expect(distribution(store, 'http_req_duration')?.count ?? 0).toBe(sum(all('http_req_duration')))
      }
      expect(again === undefined).toBe(sum(all('iterations')) === 0)
    }),
    { numRuns: 5 },
  )
})

test('what comes is pushed on as each k6 would push it: all that it has counted so far', async () => {
  const pushed: Buffer[] = []
  const followed = await followRecorded({
    folder: await folder(),
    windowSeconds: 2,
    onPush: (body) => pushed.push(body),
  })
  const source = followed.source()
  const { file } = await recorded([[2, 3], [4]], 'eu')
  await source.take(file)
  await source.take(file.subarray(source.bytes))
  await followed.close()
  expect(pushed).toHaveLength(1)
  const series = decodeWrite(pushed[0] ?? Buffer.alloc(0))
  const labels = { testid: 'far', instance_id: 'eu', region: 'eu' }
  expect(series.map(({ name, labels }) => ({ name, labels }))).toEqual(
    ['k6_iterations_total', 'k6_http_req_duration_seconds', 'k6_vus'].map((name) => ({ name, labels })),
  )
  expect(series.map(({ samples: [one], histograms: [many] }) => one?.value ?? many?.value.count)).toEqual([
    9, 9, 4,
  ])
})
