import { expect, test } from 'vitest'
import { packMember } from '../record/gzipMember.ts'
import { total } from '../record/index.ts'
import { memoryFolder } from '../../test/doubles/memoryFolder.ts'
import { fakeRecord } from '../../test/doubles/runRecord.ts'
import { runIn } from './openRun.ts'

const record = fakeRecord(() => 0.5)
const series = await packMember(
  [
    { lines: 1, window: 10_000 },
    { id: 0, name: 'k6_http_reqs_total', labels: { journey: 'browse' }, first: 1000 },
    { at: 0, until: 1000, counters: [0, 5] },
  ]
    .map((line) => `${JSON.stringify(line)}\n`)
    .join(''),
)

test('a run is opened wherever its files lie; its series are read when they are asked for', async () => {
  const opened: string[] = []
  const files = memoryFolder({ 'run.json': JSON.stringify(record), 'series.ndjson.gz': series })
  const open = (name: string) => {
    opened.push(name)
    return files.open(name)
  }
  const run = await runIn({ ...files, open })
  expect(run.record).toEqual(JSON.parse(JSON.stringify(record)))
  expect(opened).toEqual([])
  expect((await run.timeline())?.requests.count).toEqual([5])
  expect(total((await run.store())!, 'http_reqs')).toBe(5)
  expect(opened).toEqual(['series.ndjson.gz'])
})

test('of a run that has not ended, the figures are made of what its files say', async () => {
  const started = { ...record, state: 'running', endedAt: undefined, startedAt: new Date(0).toISOString() }
  const log = JSON.stringify({ loadwright: 'failure', kind: 'error', what: 'boom', vu: 1, count: 2 })
  const run = await runIn(
    memoryFolder({
      'run.json': JSON.stringify(started),
      'series.ndjson.gz': series,
      'k6.log': `time="" level=warning msg=${JSON.stringify(log)}\n`,
    }),
  )
  expect(run.record).toMatchObject({
    state: 'running',
    totals: { requests: 5 },
    failures: [{ what: 'boom' }],
  })
})

test('without series there is nothing over time; without a record there is no run', async () => {
  const run = await runIn(memoryFolder({ 'run.json': JSON.stringify(record) }))
  expect([await run.store(), await run.timeline()]).toEqual([undefined, undefined])
  await expect(runIn(memoryFolder({}))).rejects.toThrow(/run\.json: got no record that this version/)
})
