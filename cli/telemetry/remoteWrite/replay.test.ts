import { mkdir, mkdtemp, readdir, readFile, rm, truncate, utimes, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { afterAll, afterEach, expect, test, vi } from 'vitest'
import { addForward } from '../../commands/forward.ts'
import { entryBytes } from './entry.ts'
import { startFakePrometheus, type FakePrometheus } from '../../../test/doubles/prometheus.ts'
import { expected, pushAt } from '../../../test/doubles/remoteWrites.ts'
import { remember } from './memory.ts'
import { openQueue } from './queue.ts'
import { replayQueues } from './replay.ts'
import { accessOf } from './target.ts'
import { waitingRuns } from './waiting.ts'

const root = await mkdtemp(join(tmpdir(), 'loadwright-replay-'))
afterAll(() => rm(root, { recursive: true }))
const servers: FakePrometheus[] = []
afterEach(async () => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
  process.exitCode = undefined
  for (const server of servers.splice(0)) await server.close()
})
const server = async (): Promise<FakePrometheus> => {
  const fake = await startFakePrometheus()
  servers.push(fake)
  return fake
}
const pace = { firstMs: 5, mostMs: 40, timeoutMs: 30_000 }
const NOW = Date.parse('2026-11-21T20:00:00Z')
const results = () => mkdtemp(join(root, 'results-'))

async function wait(into: string, run: string, url: string, bodies: readonly Buffer[]): Promise<string> {
  const folder = join(into, run, 'queue')
  const queue = await openQueue(folder)
  for (const body of bodies) queue.add(body)
  await queue.settled()
  await remember(folder, { url, histograms: 'native' })
  return folder
}
const replay = (into: string, more: Partial<Parameters<typeof replayQueues>[0]> = {}) =>
  replayQueues({
    results: into,
    access: accessOf({}).access,
    say: () => undefined,
    pace,
    patience: 50,
    ...more,
  })

/** Runs `loadwright forward …`. */
async function command(...args: string[]): Promise<{ code: unknown; out: string }> {
  let out = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((out += String(text)), true))
  vi.spyOn(process.stderr, 'write').mockImplementation(() => true)
  const program = new Command()
  addForward(program)
  await program.parseAsync(['forward', ...args], { from: 'user' })
  const code = process.exitCode
  process.exitCode = undefined
  vi.restoreAllMocks()
  return { code, out }
}

test('the oldest run goes first; each to its own server', async () => {
  const [a, b, into] = [await server(), await server(), await results()]
  const [old, young] = [[pushAt(NOW)], [pushAt(NOW + 60_000)]]
  await wait(into, 'a-young', a.url, young)
  await wait(into, 'z-old', a.url, old)
  await wait(into, 'b-other', b.url, old)
  const done = await replay(into)
  expect(done.map(({ run }) => run).at(-1)).toBe('a-young')
  expect(a.taken).toEqual(expected([...old, ...young]))
  expect(b.taken).toEqual(expected(old))
})

test('only the queues of one server, if told', async () => {
  const [a, into] = [await server(), await results()]
  await wait(into, 'one', a.url, [pushAt(NOW)])
  await wait(into, 'two', 'http://127.0.0.1:1/api/v1/write', [pushAt(NOW)])
  expect(await replay(into, { only: a.url })).toMatchObject([{ run: 'one', outcome: { queued: 0 } }])
  expect(await waitingRuns(into)).toMatchObject([{ run: 'two', pushes: 1, from: NOW, inUse: false }])
})

test('a queue that a living process has is left alone, one of a dead process is not', async () => {
  const [a, into] = [await server(), await results()]
  const folder = await wait(into, 'one', a.url, [pushAt(NOW)])
  const lock = (owner: object): Promise<void> => writeFile(join(folder, 'lock'), JSON.stringify(owner))
  await lock({ host: hostname(), pid: process.ppid })
  expect(await replay(into)).toMatchObject([{ run: 'one', pushes: 1, left: 'a living process has it' }])
  await lock({ host: 'another machine', pid: 1 })
  expect(await replay(into)).toMatchObject([{ left: 'a living process has it' }])
  await lock({ host: hostname(), pid: 2 ** 22 + 1 })
  expect(await replay(into)).toMatchObject([{ outcome: { sent: 1, queued: 0 } }])
})

test('a lock without a sign of life for an hour is nobody’s', async () => {
  const [a, into] = [await server(), await results()]
  const folder = await wait(into, 'one', a.url, [pushAt(NOW)])
  const lock = join(folder, 'lock')
  await writeFile(lock, JSON.stringify({ host: 'another machine', pid: 1 }))
  const then = Date.now() / 1000 - 3600
  await utimes(lock, then, then)
  expect(await replay(into)).toMatchObject([{ outcome: { sent: 1 } }])
})

test('a server that takes nothing is not asked for each run anew', async () => {
  const into = await results()
  const url = 'http://127.0.0.1:1/api/v1/write'
  await wait(into, 'one', url, [pushAt(NOW)])
  await wait(into, 'two', url, [pushAt(NOW + 1)])
  expect(await replay(into)).toMatchObject([
    { run: 'one', outcome: { sent: 0, queued: 1 } },
    { run: 'two', left: `${url} accepts no pushes` },
  ])
})

test('credentials of the shell’s server go to no other', async () => {
  const [a, into] = [await server(), await results()]
  await wait(into, 'one', a.url, [pushAt(NOW)])
  const { access } = accessOf({ K6_PROMETHEUS_RW_BEARER_TOKEN: 's3cr3t' })
  const [left] = await replay(into, { access, shellUrl: 'https://prom.example.com/api/v1/write' })
  expect(left?.left).toContain('give --remote-write')
  expect(a.writes).toBe(0)
  expect(await replay(into, { access, shellUrl: a.url })).toMatchObject([{ outcome: { sent: 1 } }])
})

test('loadwright forward: what waits, what was sent, exit codes', async () => {
  vi.stubEnv('K6_PROMETHEUS_RW_SERVER_URL', undefined)
  const [a, into] = [await server(), await results()]
  await wait(into, 'one', a.url, [pushAt(NOW), pushAt(NOW + 1000)])
  const listed = await command('--results', into, '--dry-run')
  expect(listed.out).toMatch(
    /^one {2}2 pushes, 1 KiB, from 2026-11-21T20:00:00\.000Z, to http:\/\/127\.0\.0\.1:/,
  )
  expect(a.writes).toBe(0)
  const sent = await command('one', '--results', into)
  expect(sent).toEqual({ code: 0, out: `one  2 pushes sent, 16 samples, to ${a.url}\n` })
  expect(await command('--results', into)).toEqual({ code: 0, out: 'nothing waits\n' })
})

test('loadwright forward --json, with something left: exit 96', async () => {
  const into = await results()
  const folder = await wait(into, 'one', 'http://127.0.0.1:1/api/v1/write', [pushAt(NOW)])
  await writeFile(join(folder, 'lock'), JSON.stringify({ host: hostname(), pid: process.ppid }))
  const { code, out } = await command('--results', into, '--json')
  expect(code).toBe(96)
  expect(JSON.parse(out)).toEqual({
    runs: [{ run: 'one', pushes: 1, left: 'a living process has it' }],
    left: 1,
    lost: 0,
  })
})

test('a run that is not there is refused', async () => {
  const into = await results()
  await mkdir(join(into, 'one'))
  await expect(command('two', '--results', into)).rejects.toThrow('Make a run first: loadwright run.')
  await expect(command('--remote-write', 'off', '--results', into)).rejects.toThrow('--remote-write: got off')
})

test('damaged pushes are counted and told, make the exit code 96, and the record follows', async () => {
  const [a, into] = [await server(), await results()]
  const folder = await wait(into, 'one', a.url, [
    pushAt(NOW),
    pushAt(NOW + 1000),
    pushAt(NOW + 2000),
    pushAt(NOW + 3000),
  ])
  const files = (await readdir(folder)).filter((file) => file.endsWith('.push')).sort()
  await writeFile(join(folder, files[1]!), 'nonsense')
  await writeFile(join(folder, files[2]!), entryBytes(Buffer.from('no Snappy')))
  await truncate(join(folder, files[3]!), 20)
  const record = join(into, 'one', 'run.json')
  await writeFile(
    record,
    JSON.stringify({ id: 'one', forward: { url: a.url, sent: 5, samples: 9, problems: ['x'] } }),
  )
  const { code, out } = await command('--results', into)
  expect(code).toBe(96)
  expect(out).toMatch(/^one {2}1 pushes sent, \d+ samples, to \S+; 3 pushes damaged$/m)
  expect(JSON.parse(await readFile(record, 'utf8'))).toMatchObject({
    id: 'one',
    forward: { sent: 6, queued: 0, lost: 3, problems: ['x', expect.stringMatching(/^3 pushes were lost/)] },
  })
  expect(a.taken).toEqual(expected([pushAt(NOW)]))
  expect(await command('--results', into)).toMatchObject({ code: 0 })
})
