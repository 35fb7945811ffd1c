import { Command } from 'commander'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, test, vi } from 'vitest'
import { leaveRun } from '../../test/doubles/recordedRun.ts'
import type { RunRecord } from '../record/index.ts'
import { addGate } from './gate.ts'

const folder = mkdtempSync(join(tmpdir(), 'loadwright-notify-'))
const results = join(folder, 'results')

interface Got {
  kind: string
  verdict: string
  title: string
  text: string
  details: string[]
  owners: string[]
  links: object[]
}
/** What the receiver was told, and with which status it answers. */
const got: Got[] = []
let status = 200
const server = createServer((asked, answer) => {
  void asked.toArray().then((parts: Buffer[]) => {
    if (status === 200) got.push(JSON.parse(Buffer.concat(parts).toString()) as Got)
    answer.writeHead(status).end()
  })
})
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/s3cr3t`
afterAll(() => {
  server.close()
  rmSync(folder, { recursive: true })
})
beforeEach(() => {
  got.length = 0
  status = 200
  rmSync(results, { recursive: true, force: true })
  writeFileSync(join(folder, 'loadwright.config.ts'), 'export default {}')
})

/** What `loadwright gate …` says on stderr, and its exit code, where these variables are set. */
async function gate(...args: string[]): Promise<{ said: string; code: number }> {
  const program = new Command().exitOverride()
  addGate(program)
  vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  const printed = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  vi.spyOn(process, 'cwd').mockReturnValue(folder)
  vi.stubEnv('HOOK_URL', url)
  vi.stubEnv('GRAFANA_URL', 'https://grafana.example/g/')
  const before = process.exitCode
  const places = [
    '--results',
    results,
    '--waivers',
    join(folder, 'waivers.yaml'),
    '--audit',
    join(folder, 'a.ndjson'),
  ]
  try {
    await program.parseAsync(['gate', ...args, ...places], { from: 'user' })
    return { said: printed.mock.calls.map(([text]) => String(text)).join(''), code: Number(process.exitCode) }
  } finally {
    process.exitCode = before
    vi.restoreAllMocks()
    vi.unstubAllEnvs()
  }
}

const crossed = (value: number): Partial<RunRecord> => {
  const threshold = {
    metric: 'group_duration{step:place order}',
    threshold: 'p(95)<500',
    result: value < 500 ? 'pass' : 'fail',
    value,
    owner: 'team-orders',
  } as const
  return {
    environment: 'staging',
    verdict: value < 500 ? 'pass' : 'fail',
    reasons:
      value < 500 ? [] : [{ code: 'threshold-crossed', text: 'crossed', data: { metric: threshold.metric } }],
    thresholds: [threshold],
  }
}
const leave = (index: number, value: number) => leaveRun(results, { index, ms: 200, ...crossed(value) })

test('what fails is told once with its figures, owner and links, and the first pass after it', async () => {
  const place = await leave(0, 612)
  const { said, code } = await gate('--notify', 'HOOK_URL')
  expect({ said, code }).toEqual({ said: 'told the webhook (HOOK_URL)\n', code: 99 })
  expect(got).toMatchObject([
    {
      kind: 'gate',
      verdict: 'fail',
      title: 'Gate: boutique · load · staging',
      text: 'Fail: group_duration{step:place order}: p(95)<500 was crossed (612) [team-orders]',
      owners: ['team-orders'],
      figures: [
        {
          value:
            'p(95) of group_duration (step: place order) 612 ms, limit < 500 ms, 112 ms over (22 %) [team-orders]',
        },
      ],
      links: [{ title: 'Grafana' }, { title: 'CI job' }],
    },
  ])
  expect(JSON.stringify(got[0]?.links)).toContain(
    'https://grafana.example/g/d/loadwright-run-native?var-testid=boutique-',
  )
  expect(readFileSync(join(place, 'notify.json'), 'utf8')).not.toContain('s3cr3t')
  expect(await gate('--notify', 'HOOK_URL')).toEqual({ said: '', code: 99 })
  await leave(1, 400)
  await gate('--notify', 'HOOK_URL')
  expect(got.map(({ verdict }) => verdict)).toEqual(['fail', 'pass'])
  await leave(2, 410)
  expect(await gate('--notify', 'HOOK_URL')).toEqual({ said: '', code: 0 })
  await gate('--notify', 'HOOK_URL', '--notify-always')
  expect(got).toHaveLength(3)
})

test('what is not delivered is said, changes no exit code, and is told by the next gate', async () => {
  await leave(0, 612)
  status = 404
  const { said, code } = await gate('--notify', `json:${url}`)
  expect(said).toMatch(/^not told the webhook at 127\.0\.0\.1:\d+: it answers 404\n$/)
  expect(code).toBe(99)
  status = 200
  await gate('--notify', `json:${url}`)
  await gate('--notify', `json:${url}`, '--approve', 'a fix must go out')
  expect(got.map(({ text }) => text.includes('Approved'))).toEqual([false, true])
})

test('a receiver of a flag that is none is refused, one of the config is said where there is something to tell', async () => {
  await leave(0, 612)
  await expect(gate('--notify', 'NO_URL')).rejects.toThrow(/--notify: got NO_URL, which is not set/)
  writeFileSync(
    join(folder, 'loadwright.config.ts'),
    `export default { notify: { to: ['NO_URL', 'HOOK_URL'] } }`,
  )
  const { said, code } = await gate()
  expect(said).toMatch(
    /^not told: notify\.to: got NO_URL, which is not set.*\ntold the webhook \(HOOK_URL\)\n$/,
  )
  expect([code, got.length]).toEqual([99, 1])
  expect(await gate('--notify', 'off')).toEqual({ said: '', code: 99 })
})

test('an owner’s SLO that falls again and again is escalated once, with its history, and once when it is over', async () => {
  const rule = `{ after: 2, of: 3, to: 'json:HOOK_URL' }`
  writeFileSync(join(folder, 'loadwright.config.ts'), `export default { notify: { escalate: ${rule} } }`)
  const told: string[][] = []
  for (const [index, value] of [612, 400, 620, 630, 410, 420].entries()) {
    await leave(index, value)
    await gate()
    await gate()
    told.push(got.splice(0).map(({ title }) => title))
  }
  expect(told).toEqual([
    [],
    [],
    ['Escalation: SLOs of team-orders'],
    [],
    [],
    ['Escalation is over: SLOs of team-orders'],
  ])
  await leave(6, 640)
  status = 404
  await leave(7, 640)
  await gate()
  expect(got).toEqual([])
  status = 200
  await leave(8, 650)
  await gate()
  expect(got).toMatchObject([
    {
      kind: 'escalation',
      text: 'SLOs of team-orders fell in 3 of the last 3 runs of boutique in staging',
    },
  ])
  expect(got[0]?.details.map((one) => /boutique-2026112(\d).*\((\d+)\)/.exec(one)?.slice(1))).toEqual([
    ['8', '650'],
    ['7', '640'],
    ['6', '640'],
  ])
})
