import { describe, expect, test } from 'vitest'
import { readProject } from '../../cli/project/build/config.ts'
import { evaluateFor } from '../../cli/project/build/evaluated.ts'
import { buildNamed } from '../../cli/project/build/suites.ts'
import { diskFolder, readRecorded } from '../../cli/record/index.ts'
import { estimateSeriesOf, SERIES_BUDGET, type SeriesEstimate } from '../../cli/project/series.ts'
import { seriesWarnings } from '../../cli/project/seriesText.ts'
import { folder, project, root, run } from './harness.ts'

/** A hundred products, each asked for under one name. */
const SUITE = `
import { check, client, ensure, journey, nextRow, settings, status, step, suite } from 'loadwright'
import { workload } from 'loadwright/scenarios'
import products from './products.pool.csv'

const { BASE_URL } = settings()
const api = client(BASE_URL)

const look = journey('look', () => {
  const { id = '' } = nextRow(products)
  step('view product', () => {
    const page = api.get('/product/OLJCESPC7Z?variant=' + id, { name: 'product' })
    ensure(page, { 'product is up': status(200) })
  })
  step('view cart', () => {
    check(api.get('/cart?from=' + id, { name: 'cart' }), { 'cart is up': status(200) })
  })
}, { typicalSeconds: 1 })

const shoppers = suite({ name: 'hundred', scenarios: { shoppers: workload()(look, { rate: 340 }) } })
export const { options, setup, teardown, handleSummary } = shoppers
export default shoppers
`
const PRODUCTS = ['id', ...Array.from({ length: 100 }, (_, at) => `product-${at}`)].join('\n')

/** The estimate before a run. */
async function estimated(cwd: string, name: string, env: Record<string, string>): Promise<SeriesEstimate> {
  const { code, manifest, map } = await buildNamed(await readProject(cwd), name, { outdir: folder() })
  return estimateSeriesOf(await evaluateFor(code, manifest.source, env, map), 'http://127.0.0.1')
}

/** The series that a run had: all of them, and those of the phase with the most. */
async function counted(place: string): Promise<{ series: number; perPhase: number }> {
  const all = (await readRecorded(diskFolder(place)))!.store.series()
  const phases = new Map<string, number>()
  for (const { labels } of all)
    if (labels.phase !== undefined) phases.set(labels.phase, (phases.get(labels.phase) ?? 0) + 1)
  return { series: all.length, perPhase: Math.max(...phases.values()) }
}

/** The two differ by no more than a tenth. */
function expectNear(before: SeriesEstimate, after: { series: number; perPhase: number }): void {
  for (const key of ['series', 'perPhase'] as const) {
    expect([key, before[key], after[key]]).toEqual([key, before[key], expect.any(Number)])
    expect(Math.abs(before[key] / after[key] - 1), `${key}: ${before[key]}, ${after[key]}`).toBeLessThan(0.1)
  }
}

describe.concurrent('series', () => {
  test('a hundred products and thousands of iterations are few series, as many as was said before', async () => {
    const cwd = project({ 'suites/hundred.ts': SUITE, 'suites/products.pool.csv': PRODUCTS })
    const times = { RAMP_UP: '2s', WARM_UP: '2s', DURATION: '15s' }
    const before = await estimated(cwd, 'hundred', { PROFILE: 'load', ...times })
    expect(before.phases).toEqual(['ramp-up', 'warm-up', 'steady', 'ramp-down'])
    const set = Object.entries(times).flatMap(([name, value]) => ['--set', `${name}=${value}`])
    const { record, folder: place } = await run(['hundred', '--profile', 'load', ...set], { cwd })
    // It is 5,000, but on a machine that is busy.
    expect(record.totals.iterations).toBeGreaterThanOrEqual(2000)
    const after = await counted(place)
    expectNear(before, after)
    expect(after.perPhase).toBeLessThan(SERIES_BUDGET.phase)
    expect(after.series).toBeLessThan(SERIES_BUDGET.run)
  })

  test('the boutique stays under the budget, and has as many series as was said before', async () => {
    const before = await estimated(root, 'boutique', { PROFILE: 'smoke' })
    const { folder: place } = await run(['boutique', '--profile', 'smoke'])
    expectNear(before, await counted(place))
    const load = await estimated(root, 'boutique', { PROFILE: 'load' })
    expect(load.perPhase).toBeLessThanOrEqual(SERIES_BUDGET.phase)
    expect(load.series).toBeLessThanOrEqual(SERIES_BUDGET.run)
    expect(seriesWarnings(load)).toEqual([])
  })
})
