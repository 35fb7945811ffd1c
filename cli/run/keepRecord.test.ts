import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { roomIn } from './diskSpace.ts'
import { homeOf } from './fallbackFolder.ts'
import { keepRecord, makeRunFolder, writeRecord } from './keepRecord.ts'
import type { RunRecord } from '../record/index.ts'
import { newRunId } from './run.ts'

let results = ''
beforeEach(async () => {
  results = await mkdtemp(join(tmpdir(), 'loadwright-record-'))
})
afterEach(async () => {
  said.length = 0
  await rm(results, { recursive: true })
})

const record = (state: RunRecord['state']) => ({ schema: 2, id: 'run-1', state }) as RunRecord
const said: string[] = []
const say = (line: string): void => void said.push(line)
const read = async (folder: string) =>
  JSON.parse(await readFile(join(folder, 'run.json'), 'utf8')) as RunRecord

test('a record is written whole, over the one before, with nothing beside it', async () => {
  const folder = await makeRunFolder(results, 'run-1')
  await writeRecord(folder, record('running'))
  expect(await keepRecord(folder, record('ended'), say)).toBe(folder)
  expect(await read(folder)).toEqual(record('ended'))
  expect(await readdir(folder)).toEqual(['run.json'])
})

test('a first write that fails is refused, before anything is sent', async () => {
  const folder = await makeRunFolder(results, 'run-1')
  await mkdir(join(folder, 'run.json'))
  await expect(writeRecord(folder, record('running'))).rejects.toThrow('the record cannot be written: EISDIR')
})

test('a last write that fails leaves the record as it was, and keeps the new one elsewhere', async () => {
  const folder = await makeRunFolder(results, 'run-1')
  await writeRecord(folder, record('running'))
  await rename(folder, `${folder}-old`)
  await writeFile(folder, 'no folder any more')
  const elsewhere = await keepRecord(folder, record('ended'), say)
  expect(await read(`${folder}-old`)).toEqual(record('running'))
  expect(await read(elsewhere)).toEqual(record('ended'))
  expect(said).toEqual([
    expect.stringMatching(/^the record cannot be written to .*run-1: ENOTDIR.*; it is in /),
  ])
  await rm(elsewhere, { recursive: true })
})

test('what was begun in a folder that takes nothing more is brought along, and the folder says where to', async () => {
  const folder = await makeRunFolder(results, 'run-1')
  await writeRecord(folder, record('running'))
  await writeFile(join(folder, 'k6.log'), 'said')
  await mkdir(join(folder, 'pictures'))
  await writeFile(join(folder, 'pictures', 'buy.png'), 'seen')
  const home = homeOf(folder, 'run-1', say)
  expect(await home.moved()).toBeUndefined()
  const elsewhere = await home.elsewhere()
  expect(said).toEqual([
    `cannot write to ${folder} any more (is its disk full?): the record continues in ${elsewhere}`,
  ])
  expect(await keepRecord(folder, record('ended'), say, home)).toBe(elsewhere)
  expect(await read(elsewhere ?? '')).toEqual(record('ended'))
  expect((await readdir(elsewhere ?? '')).toSorted()).toEqual(['k6.log', 'pictures', 'run.json'])
  expect(await readdir(join(elsewhere ?? '', 'pictures'))).toEqual(['buy.png'])
  expect(await readdir(folder)).toEqual(['moved.txt'])
  expect(await readFile(join(folder, 'moved.txt'), 'utf8')).toBe(`${elsewhere}\n`)
  await rm(elsewhere ?? '', { recursive: true })
})

test('a run never takes the place of an older one', async () => {
  const folder = await makeRunFolder(results, 'nightly')
  await writeRecord(folder, record('ended'))
  await expect(makeRunFolder(results, 'nightly')).rejects.toThrow(
    'RUN_ID: got "nightly"; allowed: a name that no run in',
  )
  expect(await readdir(folder)).toEqual(['run.json'])
})

test('a run is named after its suite and the time, in what a setting and a folder may hold', () => {
  const now = new Date('2026-11-21T20:59:00.123Z')
  expect(newRunId('boutique', now)).toMatch(/^boutique-20261121T205900-[0-9a-f]{4}$/)
  for (const suite of ['x'.repeat(43) + '-', 'x'.repeat(90), '-', 'y-'.repeat(40)])
    expect(newRunId(suite, now)).toMatch(/^\w[\w.-]{0,63}$/)
})

test('a run’s folder is its owner’s alone, the folder of all runs is as any other', async () => {
  const folder = await makeRunFolder(join(results, 'deep', 'er'), 'run-1')
  expect((await stat(folder)).mode & 0o777).toBe(0o700)
  expect((await stat(join(results, 'deep'))).mode & 0o700).toBe(0o700)
})

test.runIf(process.platform === 'linux')('results where nothing can be made are refused', async () => {
  await expect(makeRunFolder('/proc/none/of/these', 'run-1')).rejects.toThrow(
    '--results: got "/proc/none/of/these"; allowed: a folder that can be written to',
  )
  expect(await roomIn('/proc/none/of/these')).toEqual({ results: '/proc/none/of/these' })
})
