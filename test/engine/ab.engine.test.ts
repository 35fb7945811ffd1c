import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { AbResult } from '../../cli/verdict/index.ts'
import { cli, folder, gone, project, startCli } from './harness.ts'
import { webhook } from './webhook.ts'

const SUITE = `import { client, journey, settings, step, suite } from 'loadwright'
import { perVUIterations } from 'loadwright/scenarios'
const api = client(settings().BASE_URL)
const buy = journey('buy', () => {
  step('open home', () => { api.get('/', { name: 'home' }) })
  step('view cart', () => { api.get('/cart', { name: 'cart' }) })
})
const iterations = Number(__ENV.ITERATIONS ?? 4)
const made = suite({ name: 'short', scenarios: { buy: perVUIterations(buy, { vus: 4, iterations }) } })
export const { options, setup, teardown, handleSummary } = made
export default made
`

const resultIn = (results: string): AbResult => {
  const [id = ''] = readdirSync(results)
  return JSON.parse(readFileSync(join(results, id, 'ab.json'), 'utf8')) as AbResult
}

test('of two embedded shops, the one whose cart takes longer is worse, and the step is named', async () => {
  const cwd = project({ 'suites/short.ts': SUITE })
  const results = folder()
  const fault = ['--candidate-fault', 'latency=/cart:500']
  const { url, told } = await webhook()
  const given = [...fault, '--pairs', '4', '--results', results, '--notify', `json:${url}`]
  const { code, out, err } = await cli(['ab', ...given], { cwd })
  expect({ code, err }).toMatchObject({ code: 99 })
  const [notice] = told.map(({ body }) => body)
  expect(notice).toMatchObject({ kind: 'ab', verdict: 'fail', text: out.split('\n')[0] })
  expect(told).toHaveLength(1)
  expect(out).toMatch(/^Fail: worse: p50 of (view cart|the journey buy) \+/)
  expect(out).toMatch(/p50 of view cart .* worse$/m)
  expect(out).not.toMatch(/open home .* worse$/m)
  expect(err).toMatch(/^pair 4 of 4: worse: p50 of .* \(in 95 of 100 cases \+.* to \+.*\); no pair is left$/m)
  const { verdict, counted, runs, rows } = resultIn(results)
  expect({ verdict, counted }).toEqual({ verdict: 'fail', counted: 4 })
  const order = runs.filter((run) => run.counted).map(({ side }) => side[0])
  expect(order.join('')).toBe('bccbcbbc')
  expect(rows.find(({ name }) => name === 'p50 of view cart')).toMatchObject({ runs: 4, verdict: 'worse' })
  const [id = ''] = readdirSync(results)
  expect(readdirSync(join(results, id)).sort()).toEqual(['ab.json', 'ab.md', 'ab.xml', 'runs'])
  expect(existsSync(join(results, id, runs[0]!.folder, 'run.json'))).toBe(true)
  // They are no runs of the project: nothing is ever compared with them by itself.
  expect((await cli(['runs', '--results', results, '--json'], { cwd })).out).toContain('"runs": []')
}, 300_000)

test('of two embedded shops that are alike, none is worse', async () => {
  const cwd = project({ 'suites/short.ts': SUITE })
  // Beside so long a time, what a busy machine adds is little.
  const faults = ['base', 'candidate'].flatMap((side) => [`--${side}-fault`, 'latency=*:200'])
  const results = folder()
  const short = ['--pairs', '4', '--seed', '1', '-e', 'ITERATIONS=2', '--results', results]
  const { code, out, err } = await cli(['ab', ...faults, ...short], { cwd })
  const { verdict, counted, change, rows } = resultIn(results)
  expect(counted, out + err).toBe(4)
  // On a busy machine it may be unable to tell.
  expect([
    [0, 'pass'],
    [95, 'inconclusive'],
  ]).toContainEqual([code, verdict])
  expect(change).not.toBe('worse')
  expect(rows.filter((row) => row.verdict === 'worse')).toEqual([])
  expect(rows.find(({ name }) => name === 'p50 of view cart')).toMatchObject({ runs: 4, isCounted: true })
}, 300_000)

const SERVER = `require('node:http').createServer((_, answer) => answer.end('version 1')).listen(process.env.PORT, '127.0.0.1')
console.log('pid ' + process.pid)
`
const SCRIPT = `import http from 'k6/http'
export const options = { vus: 1, duration: '30s' }
export default () => { http.get(__ENV.BASE_URL, { tags: { name: 'root' } }) }
`

const DYING = `let asked = 0
require('node:http').createServer((_, answer) => {
  if (++asked > Number(process.argv[2])) process.exit(7)
  answer.end('ok')
}).listen(process.env.PORT, '127.0.0.1')
`
const FEW = `import http from 'k6/http'
export const options = { vus: 1, iterations: 12 }
export default () => { http.get(__ENV.BASE_URL, { tags: { name: 'root' } }) }
`

test('a candidate whose server dies in each run fails, though nothing of it could be compared', async () => {
  const cwd = project({ 'script.js': FEW, 'server.cjs': DYING })
  const results = folder()
  const sides = ['--base-command', 'node server.cjs 1000', '--candidate-command', 'node server.cjs 5']
  const { code, out, err } = await cli(['ab', 'script.js', ...sides, '--pairs', '4', '--results', results], {
    cwd,
  })
  expect({ code, err }).toMatchObject({ code: 99 })
  expect(out).toMatch(/^Fail: worse: runs that failed \+100 points \(0 → 100 %\)/)
  expect(out).toContain('the command of the candidate ended by itself during the run (exit 7)')
  const { counted, runs } = resultIn(results)
  expect({ counted, runs: runs.length }).toEqual({ counted: 4, runs: 8 })
  expect(runs.filter(({ died }) => died).map(({ side }) => side)).toEqual(Array(4).fill('candidate'))
}, 120_000)

test('a commit is started beside the working folder; Ctrl-C keeps what there is, and leaves nothing behind', async () => {
  const cwd = project({ 'script.js': SCRIPT, 'server.cjs': SERVER })
  const git = (...args: string[]): string =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], {
      cwd,
      encoding: 'utf8',
    })
  git('init', '-q')
  git('add', 'script.js', 'server.cjs')
  git('commit', '-qm', 'first')
  writeFileSync(join(cwd, 'server.cjs'), SERVER.replace('version 1', 'version 2'))
  const results = folder()
  const start = ['--base-ref', 'HEAD', '--start', 'node server.cjs']
  const running = startCli(
    ['ab', 'script.js', ...start, '--results', results, '--notify', 'http://127.0.0.1:1'],
    { cwd },
  )
  await running.said(/base: HEAD \([0-9a-f]{12}\): node server\.cjs/)
  const log = (): string => join(results, readdirSync(results)[0] ?? '', 'base.log')
  await expect.poll(() => existsSync(log()) && readFileSync(log(), 'utf8')).toMatch(/^pid \d+\n/)
  expect(git('worktree', 'list').trim().split('\n')).toHaveLength(2)
  const pid = Number(/\d+/.exec(readFileSync(log(), 'utf8'))?.[0])
  running.signal('SIGINT', 'group')
  const { code, out, err } = await running.ended
  expect({ code, out }).toMatchObject({ code: 105 })
  expect(err).not.toContain('told')
  expect(out).toMatch(/^Invalid: interrupted after 0 of 8 pairs/)
  await gone(pid)
  expect(git('worktree', 'list').trim().split('\n')).toHaveLength(1)
  expect(resultIn(results)).toMatchObject({ state: 'ended', verdict: 'invalid', exitCode: 105 })
}, 120_000)
