import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { counter } from '../../../test/doubles/pushesOfK6.ts'
import { PUSHES_FOLDER, total } from '../../record/index.ts'
import { encodeWrite } from '../../prometheus/index.ts'
import { homeOf } from '../../run/index.ts'
import { openCollection, type Collection } from './collection.ts'
import { takeBack } from './takeBack.ts'

test('what a killed collector had written elsewhere, as its disk was full, is taken up again', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'loadwright-back-'))
  const id = basename(folder)
  const said: string[] = []
  const { elsewhere } = homeOf(folder, id, (line) => said.push(line))
  const of = { testid: id, instance_id: '1' }
  const push = (one: Collection, value: number) =>
    one.intake.take(Buffer.from(encodeWrite([counter('k6_iterations_total', value, 1000 * value, of)])), {
      bundle: undefined,
      connection: {},
    })
  const place = join(folder, PUSHES_FOLDER)
  const opened = { folder, id, sha256: '' }
  const first = await openCollection({ ...opened, elsewhere })
  await rm(place, { recursive: true })
  await writeFile(place, 'a disk that takes nothing')
  expect(await push(first, 5)).toBeUndefined()
  const other = (await elsewhere()) ?? ''
  onTestFinished(async () => {
    await first.close()
    for (const one of [folder, other]) await rm(one, { recursive: true, force: true })
  })
  await expect(takeBack(folder, id, (line) => said.push(line))).rejects.toThrow(`${folder} does not take it`)
  await rm(place)
  await mkdir(place)
  // Another folder's is not touched.
  await takeBack(`${folder}-x`, id, (line) => said.push(line))
  expect(existsSync(other)).toBe(true)
  await takeBack(folder, id, (line) => said.push(line))
  expect([existsSync(other), said.at(-1)]).toEqual([
    false,
    `what was pushed while the disk was full is taken from ${other}`,
  ])
  const second = await openCollection(opened)
  expect(total(second.recording.store, 'iterations')).toBe(5)
  await second.close()
})
