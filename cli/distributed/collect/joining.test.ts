import type { IncomingMessage } from 'node:http'
import { mkdtemp, mkdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openJoining } from './joining.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'loadwright-joining-'))
})
afterEach(() => rm(folder, { recursive: true }))

const report = (state: string) => ({
  part: { id: '1', segment: '0:1', sequence: '0,1' },
  session: 'a',
  sha256: 'ab',
  state,
  k6: { version: '', path: '', command: [] },
  machine: '',
  host: '',
})

test('a full disk keeps no instance from its orders, and what it told is written once there is room', async () => {
  const place = join(folder, 'pushes')
  const offer = { id: 'run-1', suite: 'shop', sha256: 'ab', variables: {}, more: [] }
  const joining = await openJoining({ folder, place }, offer, {
    sha256: 'ab',
    expect: 1,
    onSetupFailed: () => undefined,
  })
  const told = async (state: string): Promise<unknown> => {
    const request = Object.assign(Readable.from([Buffer.from(JSON.stringify(report(state)))]), {
      method: 'POST',
    })
    const { status, text } =
      (await joining.answer(request as unknown as IncomingMessage, '/api/v1/instance')) ?? {}
    return [status, JSON.parse(String(text))]
  }
  // There is no folder to write into.
  expect(await told('starting')).toEqual([200, { do: 'wait' }])
  expect(await told('ready')).toEqual([200, { do: 'setup' }])
  await mkdir(place)
  expect(await told('ready')).toEqual([200, { do: 'setup' }])
  expect(await readFile(join(place, 'joined.json'), 'utf8')).toContain('"state":"ready"')
})
