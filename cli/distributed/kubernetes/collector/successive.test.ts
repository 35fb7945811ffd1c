import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { counter, gauge } from '../../../../test/doubles/pushesOfK6.ts'
import { encodeWrite } from '../../../prometheus/index.ts'
import { openSuccessive } from './successive.ts'

const labels = (instance: string, run = 'a') => ({ testid: run, instance_id: instance })
const push = (instance: string, count: number, more: { end?: boolean; run?: string } = {}): Buffer =>
  Buffer.from(
    encodeWrite([
      counter('k6_iterations_total', count, 1_000_000, labels(instance, more.run)),
      gauge('k6_vus', more.end === true ? NaN : 1, 1_000_000, labels(instance, more.run)),
    ]),
  )

test('a TestRun that is applied again is another run; a foreign push begins none, and the last one is found again', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'loadwright-successive-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  let now = Date.now()
  const about = { id: 'a', sha256: 'ab', windowSeconds: 2 }
  const open = () => openSuccessive(folder, about, () => now)
  const runs = await open()
  const take = (body: Buffer) => runs.intake.take(body, { bundle: undefined, connection: {} })
  const series = async (all: typeof runs): Promise<string> =>
    (await all.answer('/series', new URLSearchParams('from=0')))?.toString() ?? ''
  await take(push('1', 5))
  await take(push('2', 7, { end: true }))
  now += 60_000
  // One has not come to its end.
  await take(push('1', 6, { end: true }))
  expect(runs.intake.members().map(({ id }) => id)).toEqual(['1', '2'])
  const first = await series(runs)
  now += 60_000
  expect(await take(push('1', 1, { run: 'b' }))).toMatchObject({ status: 409 })
  expect(await series(runs)).toBe(first)
  await Promise.all([take(push('1', 1)), take(push('2', 2))])
  expect(runs.intake.members()).toMatchObject([
    { id: '1', restarts: 0, pushes: 1 },
    { id: '2', restarts: 0, pushes: 1 },
  ])
  const second = await series(runs)
  expect(second).not.toBe(first)
  await runs.close()
  const again = await open()
  expect(again.intake.members().map(({ pushes }) => pushes)).toEqual([1, 1])
  expect(await series(again)).toBe(second)
  await again.close()
})
