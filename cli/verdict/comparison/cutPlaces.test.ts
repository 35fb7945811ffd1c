import { expect, test } from 'vitest'
import { madeUpRun } from '../../../test/doubles/noisyRuns.ts'
import type { Measurement } from '../../record/index.ts'
import { compareWith } from './sides.ts'

const failed = (request: string): Measurement => ({
  metric: 'http_req_failed',
  kind: 'share',
  scenario: 's',
  request,
  phase: 'steady',
  part: 1,
  of: 2000,
})
const run = (id: string, ...requests: string[]) => ({ ...madeUpRun(requests.map(failed)), id })
const base = { name: 'before', runs: [1, 2, 3, 4, 5].map((at) => run(`run-${at}`, 'home', 'cart')) }
const requestsIn = (comparison: ReturnType<typeof compareWith>) =>
  comparison?.rows.map(({ request, reason }) => `${request}: ${reason.code}`)

test('a place that was not kept of the candidate did not vanish', () => {
  const cut = compareWith(base, { ...run('new', 'home'), cut: { http_req_failed: 7 } })
  expect(requestsIn(cut)).toEqual(['home: within-limits'])
  expect(cut?.cut).toEqual({ http_req_failed: 7 })
  const whole = compareWith(base, { ...run('new', 'home'), cut: { group_duration: 1 } })
  expect(requestsIn(whole)).toContain('cart: only-in-baseline')
  expect(compareWith(base, run('new', 'home'))).not.toHaveProperty('cut')
})
