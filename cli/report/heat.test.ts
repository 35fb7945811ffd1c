import fc from 'fast-check'
import { expect, test } from 'vitest'
import { heatOf, heatRows } from './heat.ts'
import { fakeReport } from '../../test/doubles/reportData.ts'

const time = { count: [], failed: [], p50: [], p95: [], p99: [] }
const step = (counts: number[][]) => ({
  journey: 'j',
  step: 's',
  time,
  heatmap: { bounds: [1, 2, 4, 8], counts },
})
const sum = (columns: readonly (readonly number[])[]): number => columns.flat().reduce((a, b) => a + b, 0)

test('only rows in use are kept', () => {
  const heat = heatOf(
    step([
      [0, 1, 0, 0],
      [0, 0, 3, 0],
    ]),
  )
  expect(heat).toMatchObject({
    bounds: [2, 4],
    columns: [
      [1, 0],
      [0, 3],
    ],
    per: 1,
  })
  expect(heatOf(step([[0, 0, 0, 0]]))).toMatchObject({ bounds: [] })
})

test('very long runs: neighbours are added, and nothing is lost', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(9), fc.nat(9), fc.nat(9), fc.nat(9)), { maxLength: 3000, size: 'max' }),
      (counts) => {
        const heat = heatOf(step(counts))
        expect(heat.columns.length).toBeLessThanOrEqual(400)
        expect(sum(heat.columns)).toBe(sum(counts))
        expect(heatRows(heat).reduce((all, { count }) => all + count, 0)).toBe(sum(counts))
      },
    ),
    { numRuns: 20 },
  )
})

test('the table gives quantiles to the width of a bucket', () => {
  const [first] = fakeReport().timeline?.steps ?? []
  if (!first) throw new Error('no step')
  for (const { p50 = 0, p95 = 0, p99 = 0 } of heatRows(heatOf(first))) {
    expect(p50).toBeGreaterThan(10)
    expect(p50).toBeLessThan(40)
    expect([p50, p95, p99]).toEqual([p50, p95, p99].toSorted((a, b) => a - b))
  }
})
