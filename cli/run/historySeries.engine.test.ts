import { join } from 'node:path'
import { expect, test } from 'vitest'
import { leaveRun } from '../../test/doubles/recordedRun.ts'
import { cli, folder } from '../../test/engine/harness.ts'
import { prometheus } from '../../test/engine/prometheus.ts'
import { askPrometheus, emptyIn } from '../../test/grafana/database.ts'
import { dashboardsOf } from '../../test/grafana/queries.ts'
import { aboutProject, filesOf } from '../grafana/index.ts'
import { panelsOf } from '../grafana/panelsOf.ts'

const DAY_MS = 86_400_000

test('a history is written to a real Prometheus, and its panels of the dashboard have data', async () => {
  const server = await prometheus()
  const results = join(folder(), 'results')
  for (let day = 0; day < 14; day++)
    await leaveRun(results, {
      index: 0,
      id: `boutique-${100 + day}`,
      ms: day < 10 ? 200 + (day % 3) : 260 + (day % 3),
      startedAt: new Date(Date.now() - (14 - day) * DAY_MS).toISOString(),
      metadata: { host: 'ci-1', loadwright: '0.1.0', commit: `${day}c0ffee` },
    })
  const { code, out, err } = await cli(['history', '--results', results, '--remote-write', server.url])
  expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining('written to ') as string })
  expect(out).toMatch(/^1 change in 14 runs: p95 of place order \+30 % .* at 10c0ffee /)

  const files = filesOf(await aboutProject(['boutique']))
  const [history] = dashboardsOf(files, 'native').filter(({ name }) => name === 'history')
  const own = panelsOf(history!.dashboard).filter(({ title }) => ['Changes', 'Who answers'].includes(title))
  const now = Date.now() / 1000
  const shown = { from: now - 3600, to: now + 1, given: {} }
  const dashboard = { ...history!.dashboard, panels: own }
  // Nothing was violated, so nothing was right again: that column alone is empty.
  expect(await emptyIn('history', dashboard, shown, askPrometheus(server.url))).toEqual([
    'history · Who answers',
  ])
  const owners = await server.query('loadwright_history_owner_runs')
  expect(owners.map(({ metric, value }) => [metric.owner, value?.[1]])).toEqual([['nobody is named', '14']])
})

test('a server that takes nothing is told in a sentence, and the history is printed all the same', async () => {
  const results = join(folder(), 'none')
  const url = 'http://127.0.0.1:9'
  const { code, out, err } = await cli(['history', '--results', results, '--remote-write', url])
  expect({ code, out }).toEqual({ code: 104, out: 'No runs\n' })
  expect(err).toMatch(/--remote-write: got http:\/\/127\.0\.0\.1:9\/api\/v1\/write, which does not answer/)
})
