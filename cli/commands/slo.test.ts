import { Command } from 'commander'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { leaveRun } from '../../test/doubles/recordedRun.ts'
import type { SloList } from '../verdict/index.ts'
import { addSlo } from './slo.ts'

const folder = mkdtempSync(join(tmpdir(), 'loadwright-slo-'))
const results = join(folder, 'results')
const waivers = join(folder, 'waivers.yaml')
afterAll(() => rmSync(folder, { recursive: true }))

const PLACE = 'group_duration{journey:checkout,step:place order}'
const NARROWED = 'group_duration{journey:checkout,step:place order,phase:steady}'
const CONFIG = `export default {
  environment: 'staging',
  environments: {
    staging: {
      slos: {
        '${PLACE}': { thresholds: ['p(95)<500'], owner: 'team-orders' },
        'group_duration{step:place ordr}': { thresholds: ['p(95)<900'], owner: 'team-<b>' },
        checks: [],
      },
    },
  },
  gate: {
    tolerances: [{ metric: 'group_duration', step: 'place order', limit: '+10%', owner: 'team-orders' }],
  },
}`

const threshold = (value: number) =>
  ({
    metric: NARROWED,
    threshold: 'p(95)<500',
    result: value < 500 ? 'pass' : 'fail',
    value,
    source: 'environment',
    owner: 'team-orders',
  }) as const

const OWN = {
  metric: 'journey_failed{phase:steady}',
  threshold: 'rate<0.05',
  result: 'pass',
  value: 0,
  source: 'suite',
} as const

/** What `loadwright slo …` prints, in a project with this config. */
async function slo(...args: string[]): Promise<string> {
  const program = new Command().exitOverride()
  addSlo(program)
  const printed = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  const where = vi.spyOn(process, 'cwd').mockReturnValue(folder)
  try {
    await program.parseAsync(['slo', '--results', results, '--waivers', waivers, ...args], { from: 'user' })
    return printed.mock.calls.map(([text]) => String(text)).join('')
  } finally {
    printed.mockRestore()
    where.mockRestore()
  }
}

beforeAll(() => writeFileSync(join(folder, 'loadwright.config.ts'), CONFIG))

test('without runs the SLOs are listed, and it is said that nothing was judged', async () => {
  expect(await slo()).toMatchInlineSnapshot(`
    "no runs yet: nothing was judged

    Never judged: 4 SLOs
      rate of journey_failed < 1 % in staging: no runs
      rate of http_req_failed < 1 % in staging: no runs
      p(95) of group_duration (journey: checkout, step: place order) < 500 ms in staging [team-orders]: no runs
      p(95) of group_duration (step: place ordr) < 900 ms in staging [team-<b>]: no runs

    tolerated change                         environment  suite        owner  last    held  runs
    group_duration (step: place order) +10%        every         team-orders        0 of 0
    "
  `)
})

test('with runs, each has the newest results, those never judged first and why', async () => {
  const crossed = { verdict: 'fail' } as const
  const gate = {
    cases: [
      {
        metric: 'group_duration',
        journey: 'checkout',
        step: 'place order',
        outcome: 'held',
        code: 'tolerated',
        row: { unit: 'ms', base: 400, change: 32 },
      },
    ],
  }
  for (const [index, value] of [400, 450, 510, 420].entries()) {
    const thresholds = [threshold(value), OWN]
    const more = { environment: 'staging', thresholds, ...(value > 500 ? crossed : {}) }
    const left = await leaveRun(results, { index, ms: 200, reasons: [], ...more })
    if (index === 3) writeFileSync(join(left, 'gate.json'), JSON.stringify(gate))
  }
  await leaveRun(results, { index: 4, ms: 200, environment: 'staging', verdict: 'invalid', thresholds: [] })
  writeFileSync(
    waivers,
    `waivers:\n  - metric: group_duration\n    step: place order\n    limit: +30%\n    reason: migration\n    owner: team-shop\n    approvedBy: lead\n    ticket: SHOP-1\n    expires: 2099-01-01\n`,
  )
  expect(await slo('--environment', 'staging')).toMatchInlineSnapshot(`
    "Never judged: 3 SLOs
      rate of journey_failed < 1 % in staging: replaced by the own threshold of boutique: rate<0.05
      rate of http_req_failed < 1 % in staging: not judged in 4 runs
      p(95) of group_duration (step: place ordr) < 900 ms in staging [team-<b>]: no run has this step: did you mean "place order"?

    SLO                                                                      environment     suite        owner    last    held  runs
    p(95) of group_duration (journey: checkout, step: place order) < 500 ms      staging  boutique  team-orders  420 ms  3 of 4  ✓✓✗✓
      waived: +30% until 2099-01-01 (SHOP-1, team-shop)

    tolerated change                         environment  suite        owner  last    held  runs
    group_duration (step: place order) +10%        every         team-orders  +8 %  1 of 1     ✓
      waived: +30% until 2099-01-01 (SHOP-1, team-shop)

    4 runs, at most 20 of each suite in each environment; the newest is right
    "
  `)
  expect(await slo('--format', 'markdown', '--suite', 'boutique')).toMatchInlineSnapshot(`
    "## Service level objectives

    4 runs, at most 20 of each suite in each environment; the newest is right.

    ### Never judged

    - rate of journey_failed &lt; 1 % in staging: replaced by the own threshold of boutique: rate&lt;0.05
    - rate of http_req_failed &lt; 1 % in staging: not judged in 4 runs
    - p(95) of group_duration (step: place ordr) &lt; 900 ms in staging \\[team-&lt;b&gt;\\]: no run has this step: did you mean "place order"?

    | SLO | environment | suite | owner | last | held | runs | waivers |
    | --- | --- | --- | --- | --- | --- | --- | --- |
    | p(95) of group_duration (journey: checkout, step: place order) &lt; 500 ms | staging | boutique | team-orders | 420 ms | 3 of 4 | ✓✓✗✓ | waived: +30% until 2099-01-01 (SHOP-1, team-shop) |

    | Tolerated change | environment | suite | owner | last | held | runs | waivers |
    | --- | --- | --- | --- | --- | --- | --- | --- |
    | group_duration (step: place order) +10% | every |  | team-orders | &#8203;+8 % | 1 of 1 | ✓ | waived: +30% until 2099-01-01 (SHOP-1, team-shop) |
    "
  `)
  const { slos } = JSON.parse(await slo('--format', 'json', '--last', '2')) as SloList
  expect(slos.at(-1)).toMatchObject({ key: PLACE, owner: 'team-orders', held: 1, of: 2 })
})

test('a suite without runs is no mistake, but it is said which have some', async () => {
  const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  expect(await slo('--suite', 'boutqiue')).toContain('no runs')
  const [[text] = []] = said.mock.calls
  said.mockRestore()
  expect(text).toBe('--suite: got "boutqiue"; allowed: boutique. Did you mean "boutique"?\n')
})

test('what is wrong is refused', async () => {
  await expect(slo('--environment', 'stagin')).rejects.toThrow(/--environment: got "stagin".*"staging"/)
  await expect(slo('--last', '0')).rejects.toThrow(/--last: got "0"; allowed: a whole number above 0/)
  await expect(slo('--format', 'xml')).rejects.toThrow(/--format: got "xml"/)
})
