import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { CollectorClient, Sent } from './collectorClient.ts'
import { MAX_BYTES } from './protocol.ts'
import { sendFiles } from './sendFiles.ts'

/** A machine's log of two parts and a bit, and k6's figures. */
async function written(): Promise<{ log: string; summary: string; text: Buffer }> {
  const folder = await mkdtemp(join(tmpdir(), 'sent-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const [log, summary] = [join(folder, 'k6.log'), join(folder, 'k6-summary.json')]
  const text = Buffer.alloc(2 * MAX_BYTES.log + 7, 'a line of a log\n')
  await Promise.all([writeFile(log, text), writeFile(summary, '{}')])
  return { log, summary, text }
}

/** A collector that answers so to the n-th part of a log, and keeps what it took by where it belongs. */
function collectorOf(answer: (part: number) => Sent) {
  const [kept, places] = [new Map<string, Buffer>(), [] as number[]]
  const client: Pick<CollectorClient, 'send'> = {
    send: (what, _, body, from = 0) => {
      if (what === 'log') places.push(from)
      const sent = what === 'log' ? answer(places.length) : 'taken'
      if (sent === 'taken') kept.set(`${what} ${from}`, Buffer.from(body))
      return Promise.resolve(sent)
    },
  }
  return { client: client as CollectorClient, kept, places }
}

test('a log whose transfer was cut goes on where it was cut, and is there in full', async () => {
  const { log, summary, text } = await written()
  const { client, kept, places } = collectorOf((part) => (part === 2 ? 'failed' : 'taken'))
  const sending = sendFiles(client, { id: '1', log, summary, patienceMs: 60_000 })
  await expect.poll(() => places.length).toBe(2)
  expect(await sending.finish()).toBe('taken')
  expect(places).toEqual([0, MAX_BYTES.log, MAX_BYTES.log, 2 * MAX_BYTES.log])
  const whole = [0, 1, 2].map((part) => kept.get(`log ${part * MAX_BYTES.log}`) ?? Buffer.alloc(0))
  expect(Buffer.concat(whole).equals(text)).toBe(true)
  expect(kept.get('summary 0')?.toString()).toBe('{}')
})

test('what the collector does not take is told: a log that it has no room for, one that never arrives', async () => {
  const files = await written()
  for (const answer of ['full', 'failed'] as const) {
    const { client, places } = collectorOf(() => answer)
    const sending = sendFiles(client, { id: '1', ...files, patienceMs: 0 })
    await expect.poll(() => places.length).toBeGreaterThan(0)
    expect(await sending.finish()).toBe(answer)
  }
})
