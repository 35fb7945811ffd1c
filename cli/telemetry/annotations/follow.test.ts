import { afterEach, beforeEach, expect, test } from 'vitest'
import { fakeReport } from '../../../test/doubles/reportData.ts'
import { startFakeGrafana } from '../../../test/doubles/grafana.ts'
import { followRun } from './follow.ts'

let fake: Awaited<ReturnType<typeof startFakeGrafana>>
beforeEach(async () => {
  fake = await startFakeGrafana()
})
afterEach(() => fake.close())

const { record } = fakeReport()
const { endedAt: _, ...begun } = record
const started = { ...begun, state: 'running' as const, phases: [] }
const patience = { timeoutMs: 60_000, firstMs: 1, budgetMs: 60_000 }
const kinds = () => fake.all().map(({ tags }) => tags.find((tag) => tag.startsWith('kind:')))

test('the start is there at once, phases when they are known, the rest at the end', async () => {
  let planned: NonNullable<typeof record.phases> = []
  const following = followRun(fake, { patience, every: 5 })
  following.begin(started, () => planned)
  await expect.poll(() => kinds()).toEqual(['kind:start'])
  planned = [...(record.phases ?? [])]
  await expect.poll(() => kinds().filter((kind) => kind === 'kind:phase')).toHaveLength(4)
  const cut = { ...record, phases: record.phases?.slice(0, 2) ?? [] }
  expect(await following.finish(cut)).toEqual({ url: fake.url, written: 5, problems: [] })
  expect(kinds()).toEqual(['kind:start', 'kind:phase', 'kind:phase', 'kind:end', 'kind:verdict'])
  planned = []
  const calls = fake.log.length
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(fake.log).toHaveLength(calls)
})

test('a Grafana that fails meanwhile is asked again at the end; begin tells nothing', async () => {
  fake.fault('GET', { status: 500 }, 3)
  const following = followRun(fake, { patience, every: 60_000 })
  following.begin(started)
  await expect.poll(() => fake.log).toHaveLength(3)
  expect(await following.finish(record)).toMatchObject({ written: 7, problems: [] })
})

test('one that is down ends with a problem', async () => {
  const down = followRun({ url: 'http://127.0.0.1:2' }, { patience })
  down.begin(started)
  const { written, problems } = await down.finish(record)
  expect(written).toBe(0)
  expect(problems.join()).toMatch(/ECONNREFUSED/)
})

test('a run that was interrupted gets its end; one that is interrupted while it is marked waits no longer', async () => {
  const reasons = [{ code: 'run-interrupted', text: 'the run was interrupted before its end', data: {} }]
  const over = { ...record, reasons }
  expect(await followRun(fake, { patience }).finish(over, AbortSignal.abort())).toMatchObject({ written: 7 })
  fake.fault('GET', { delay: 60_000 }, 9)
  const stopping = new AbortController()
  const slow = followRun(fake, { patience: { budgetMs: 60_000, timeoutMs: 60_000 } }).finish(
    record,
    stopping.signal,
  )
  await expect.poll(() => fake.log.at(-1)).toMatch(/^GET/)
  stopping.abort()
  expect((await slow).problems.join()).toMatch(/there was no more time/)
})
