import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync, readdirSync } from 'node:fs'
import { createServer } from 'node:http'
import type { ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test as inTurn } from 'vitest'
import { archiveName } from './download.ts'
import { machine } from '../../test/doubles/machine.ts'
import { findEngine } from './find.ts'
import type { EngineOptions } from './types.ts'

// They wait for a mirror and for programs, each on a machine of its own: at once.
const test = inTurn.concurrent

const name = archiveName('v2.2.0') ?? 'k6-v2.2.0-linux-amd64.tar.gz'
const folder = name.replace(/\.(tar\.gz|zip)$/, '')
const sums = 'k6-v2.2.0-checksums.txt'

type Answer = string | Buffer | ((response: ServerResponse) => void) | undefined

const closing: (() => unknown)[] = []
let archive: Buffer
let sum: string
beforeAll(async () => {
  const on = machine()
  on.k6(`${folder}/k6`, 'v2.2.0')
  await promisify(execFile)('tar', ['-czf', name, folder], { cwd: on.root })
  archive = readFileSync(join(on.root, name))
  sum = createHash('sha256').update(archive).digest('hex')
  on.remove()
})
afterAll(() => Promise.all(closing.map((close) => close())))

/** A machine with `tar`, beside a mirror that has the release; `changed` of its files are others, or missing. */
async function setUp(changed: Record<string, Answer> = {}) {
  const on = machine()
  closing.push(() => on.remove())
  for (const program of ['tar', 'gzip']) await on.link(program)
  const list = `${'0'.repeat(64)}  k6-v2.2.0-linux-amd64.rpm\n${sum}  ${name}\n`
  const files: Record<string, Answer> = { [name]: archive, [sums]: list, ...changed }
  const server = createServer((request, response) => {
    const file = files[request.url?.replace('/mirror/v2.2.0/', '') ?? '']
    if (typeof file === 'function') file(response)
    else response.writeHead(file === undefined ? 404 : 200).end(file)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  closing.push(() => {
    server.close()
    server.closeAllConnections()
  })
  on.env.LOADWRIGHT_K6_RELEASES = `http://127.0.0.1:${(server.address() as AddressInfo).port}/mirror/`
  const find = (options: Partial<EngineOptions> = {}) =>
    findEngine({ env: on.env, packageRoot: on.packageRoot, patience: 60_000, sums: {}, ...options })
  return { on, files, find }
}

test('the checksum that is shipped wins over the one of the release', async () => {
  const { files, find } = await setUp()
  const failed = (await find({ sums: { [name]: 'a'.repeat(64) } }).catch((error: unknown) => error)) as Error
  expect(failed.message).toContain(`loadwright was shipped with ${'a'.repeat(64)}`)
  delete files[sums]
  expect(await find({ sums: { [name]: sum } })).toMatchObject({ source: 'download' })
})

test('nothing is fetched without TLS but from this machine, nor where a redirect leads away from it', async () => {
  const { on, find } = await setUp({
    [sums]: (response) => void response.writeHead(302, { location: 'http://k6.example/x' }).end(),
  })
  const tried = async (): Promise<string> => find().then(() => '', String)
  expect(await tried()).toMatch(/over https alone/)
  on.env.LOADWRIGHT_K6_RELEASES = 'http://mirror.example'
  expect(await tried()).toContain('k6 is downloaded over https alone')
})

test('a release is fetched from the mirror, checked, unpacked and kept', async () => {
  const { on, find } = await setUp()
  const engine = await find()
  expect(engine).toMatchObject({ path: join(on.cacheFolder, 'k6'), version: 'v2.2.0', source: 'download' })
  expect(readdirSync(on.cacheFolder)).toEqual(['k6'])
  expect(await find()).toMatchObject({ source: 'cache' })
})

const stalls = (response: ServerResponse) => void response.write('a')
const breaks = (response: ServerResponse) => {
  response.writeHead(200, { 'content-length': 100 })
  response.write('a', () => response.destroy())
}

test.each<[string, Record<string, Answer>, string, number?]>([
  ['no such release', { [sums]: undefined }, `${sums}: answers 404`],
  ['no archive', { [name]: undefined }, `${name}: answers 404`],
  ['not on the list', { [sums]: `${'0'.repeat(64)}  other\n` }, `does not list ${name}`],
  ['a list that is a login page', { [sums]: '<html>' }, `does not list ${name}`],
  ['another archive', { [name]: 'not it' }, 'its release says'],
  ['never an answer', { [sums]: () => undefined }, `${sums}: no byte for 1 s`, 1000],
  ['an archive that stalls', { [name]: stalls }, `${name}: no byte for 1 s`, 1000],
  ['an archive that breaks off', { [name]: breaks }, `${name}: `],
])(
  '%s: the reason is told, nothing is kept, the search goes on',
  async (_what, changed, reason, patience = 60_000) => {
    const { on, find } = await setUp(changed)
    const failed = (await find({ patience }).catch((error: unknown) => error)) as Error
    expect(failed.message).toContain(reason)
    expect(failed.message).toContain('build: there is no `go` on PATH')
    expect(readdirSync(on.cacheFolder)).toEqual([])
  },
)

test('an archive that is no archive is told as such', async () => {
  const other = createHash('sha256').update('junk').digest('hex')
  const { find } = await setUp({ [name]: 'junk', [sums]: `${other}  ${name}` })
  await expect(find()).rejects.toThrow(/download: .*tar -xf failed \(exit \d+\)/)
})

test('an abort ends the download', async () => {
  const abort = new AbortController()
  const { on, find } = await setUp({
    [name]: (response) => {
      response.write('a')
      abort.abort(new Error('Ctrl-C'))
    },
  })
  await expect(find({ signal: abort.signal })).rejects.toThrow('Ctrl-C')
  expect(readdirSync(on.cacheFolder)).toEqual([])
})

test.each([
  ['linux', 'x64', 'k6-v2.2.0-linux-amd64.tar.gz'],
  ['linux', 'arm64', 'k6-v2.2.0-linux-arm64.tar.gz'],
  ['darwin', 'arm64', 'k6-v2.2.0-macos-arm64.zip'],
  ['win32', 'x64', 'k6-v2.2.0-windows-amd64.zip'],
  ['freebsd', 'x64', undefined],
])('the archive for %s %s is %s', (platform, arch, expected) => {
  expect(archiveName('v2.2.0', platform, arch)).toBe(expected)
})
