import { expect, test } from 'vitest'
import { noisyShop } from '../../test/doubles/noisyRuns.ts'
import { HISTORY_SERIES } from '../record/index.ts'
import { historyOf, type Account } from '../verdict/index.ts'
import { historySeries } from './historySeries.ts'

const AT = Date.UTC(2026, 10, 30)
const account = (owner: string): Account => ({
  owner,
  runs: 20,
  violations: 3,
  overrides: 1,
  waived: 0,
  inForce: [],
  expired: [],
  recoveries: 1,
  recoveredAfterMs: 7_200_000,
  failing: [],
})

/** Twenty runs, the last five of which are slower. */
function slower() {
  const shop = noisyShop(7, 1)
  const runs = Array.from({ length: 20 }, (_, day) => {
    const startedAt = new Date(Date.UTC(2026, 9, 1 + day)).toISOString()
    const run = shop({ noise: { run: 0.02, step: 0.02 }, slower: day < 15 ? 0 : 0.4 })
    const about = { commit: `c0ffee${day}`, version: '2 password=hunter2' }
    const measured = { ...run, id: `shop-${day}`, startedAt, about }
    return { ...measured, measured }
  })
  const sources = { runs, judged: [], entries: [], waivers: [], notes: [], olderSeries: 0 }
  return historyOf(sources, { wanted: () => true, last: 500 }, new Date(AT))
}

test('a history as series: each is declared, with no other labels, all at one time', () => {
  const pushed = historySeries({ ...slower(), accounts: [account('orders')] }, AT)
  for (const { name, labels, samples } of pushed) {
    const allowed: readonly string[] = HISTORY_SERIES[name as keyof typeof HISTORY_SERIES].labels
    expect(Object.keys(labels).filter((label) => !allowed.includes(label))).toEqual([])
    expect(samples.map(({ at }) => at)).toEqual([AT])
  }
  expect(new Set(pushed.map(({ name }) => name))).toEqual(new Set(Object.keys(HISTORY_SERIES)))
})

test('a change says what, when, and at which commit; its value is that of its trend', () => {
  const pushed = historySeries(slower(), AT)
  const of = (name: string) => pushed.filter((one) => one.name === `loadwright_history_${name}`)
  const [change] = of('change_time_seconds')
  expect(change?.labels).toMatchObject({
    suite: 'shop',
    verdict: 'worse',
    kind: 'step',
    date: '2026-10-16',
    testid: 'shop-15',
    git_commit: 'c0ffee15',
    text: expect.stringMatching(/^p95 of step 0 \+\d+ % /) as string,
  })
  expect(change?.labels.version).not.toContain('hunter2')
  expect(change?.samples).toEqual(of('time_seconds')[0]?.samples)
})

test('of many owners only some are written, those who violate most', () => {
  const accounts = Array.from({ length: 90 }, (_, at) => account(`team-${at}`))
  expect(
    historySeries({ ...slower(), accounts }, AT).filter(({ name }) => name.endsWith('_owner_runs')),
  ).toHaveLength(50)
})
