import { expect, test } from 'vitest'
import { message } from '../../../config/problem/problem.ts'
import { waiversOf } from './waiverText.ts'

const WAIVER = `waivers:
  - metric: group_duration
    step: place order
    limit: +15%
    reason: migration half way
    owner: team-shop
    approvedBy: lead
    ticket: SHOP-1
    expires: 2026-12-31
`
const problems = (text: string): string => message(waiversOf(text, 'waivers.yaml').problems)

test('a waiver: what it is of, and by how much its limit is raised', () => {
  const { waivers, problems } = waiversOf(WAIVER, 'waivers.yaml')
  expect(problems).toEqual([])
  expect(waivers).toMatchObject([
    {
      metric: 'group_duration',
      step: 'place order',
      raise: { by: 0.15, unit: 'share' },
      expires: '2026-12-31',
    },
  ])
  const points = waiversOf(
    WAIVER.replace('group_duration', 'http_req_failed').replace('15%', '1.5 points'),
    'w',
  )
  expect(points.waivers).toMatchObject([{ raise: { by: 0.015, unit: 'points' } }])
  expect(waiversOf('', 'w')).toEqual({ waivers: [], problems: [] })
  expect(waiversOf('waivers:\n', 'w')).toEqual({ waivers: [], problems: [] })
})

test('what is wrong is said in sentences', () => {
  for (const alias of ['a: &a [*a]', 'waivers: &a []\nb: *a'])
    expect(problems(alias)).toContain(
      'waivers.yaml: got an alias (*name); allowed: texts that are written out',
    )
  const broken = WAIVER.replace('+15%', '15')
    .replace('2026-12-31', 'never')
    .replace('owner', 'ownr')
    .replace('    ticket: SHOP-1\n', '')
  expect(problems(broken)).toMatchInlineSnapshot(`
    "5 problems:
      - waivers.yaml: waivers[0].owner: got nothing; allowed: a text
      - waivers.yaml: waivers[0].ticket: got nothing; allowed: a text
      - waivers.yaml: waivers[0].limit: got "15"; allowed: by how much the limit is raised: +15% or +1 points
      - waivers.yaml: waivers[0]: got "ownr"; allowed: metric, journey, step, limit, reason, owner, approvedBy, ticket, expires. Did you mean "owner"?
      - waivers.yaml: waivers[0].expires: got "never"; allowed: its last day, such as 2026-12-31"
  `)
  expect(problems(WAIVER.replace('group_duration', 'http_req_failed'))).toContain(
    'waivers[0].limit: got "+15%"; allowed: points, since http_req_failed is a share: +1 points',
  )
  expect(problems(WAIVER.replace('2026-12-31', '2026-02-30'))).toContain('expires: got "2026-02-30"')
  expect(problems('- metric: x')).toContain('allowed: waivers: and a list')
  expect(problems('waivers: [1]')).toContain('waivers[0]: got "1"')
  expect(problems('waivers: [')).toMatch(/- waivers\.yaml: .+ at line 1/)
})
