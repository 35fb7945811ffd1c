import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { freePort } from '../../base/index.ts'
import { startTarget } from './target.ts'
import { targetLog } from './targetLog.ts'

const folder = mkdtempSync(join(tmpdir(), 'loadwright-ab-'))
afterAll(() => rmSync(folder, { recursive: true }))

const SERVER = `const server = require('node:http').createServer((_, r) => r.end())
server.listen(process.env.PORT, '127.0.0.1', () => console.log('pid ' + process.pid))`
const node = (code: string): string => `"${process.execPath}" -e "${code.replaceAll('\n', ';')}"`

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    () => true,
    () => false,
  )

async function starting(
  command: string,
  { patienceMs = 30_000, signal = new AbortController().signal } = {},
) {
  const port = await freePort()
  const log = targetLog(join(folder, `${port}.log`))
  const url = `http://127.0.0.1:${port}`
  const target = { side: 'base', command, url, patienceMs, cwd: folder, env: { PORT: String(port) } }
  return { url, log, target, running: await startTarget(target, log, signal) }
}

test('a target answers when it is started, and nothing of it is left when it is stopped', async () => {
  const { url, running, log } = await starting(`echo first && ${node(SERVER)} && echo last`)
  expect(await answers(url)).toBe(true)
  expect(running.end()).toBeUndefined()
  await running.stop()
  expect(await answers(url)).toBe(false)
  await log.close()
  expect(readFileSync(log.file, 'utf8')).toMatch(/^first\npid \d+\n$/)
})

test('a command that ends before it answers is told with the last of what it said', async () => {
  await expect(starting(`echo no such file >&2; exit 3`)).rejects.toThrow(
    /^the command of the base ended \(exit 3\) before it answered at http:.*The last that it said:\nno such file$/s,
  )
})

test('a target that does not answer in time is ended', async () => {
  await expect(starting(node('setInterval(() => 0, 1000)'), { patienceMs: 200 })).rejects.toThrow(
    'did not answer at',
  )
})

test('what answers there already is no target of ours', async () => {
  const { running, target, log } = await starting(node(SERVER))
  await expect(startTarget(target, log, new AbortController().signal)).rejects.toThrow(
    'something answers there before the command of the base was started',
  )
  await running.stop()
})

test('a signal ends the wait', async () => {
  const controller = new AbortController()
  setTimeout(() => controller.abort(), 100)
  await expect(starting(node('setInterval(() => 0, 1000)'), { signal: controller.signal })).rejects.toThrow(
    'abort',
  )
})
