import { expect, test } from 'vitest'
import { histogramOf } from '../../prometheus/index.ts'
import type { Courses } from '../../record/index.ts'
import { toHtml } from '../tree.ts'
import { courseDrawing } from './course.ts'
import { curvesOf } from './curves.ts'

/** A run of so many windows of 10 s, that began at some time of the day; in the first two it warms up. */
function course(count: number, ms: number, began: number): Courses {
  const windows = Array.from({ length: count }, (_, at) => ({
    at: Math.floor((began + at * 10_000) / 10_000) * 10_000,
    phase: at < 2 ? 'warm-up' : 'steady',
    values: histogramOf([ms / 1000, ms / 1000]),
    failed: at === 5 ? 1 : 0,
    of: 2,
  }))
  // Nothing was measured for a while.
  return { began, window: 10_000, places: [windows.filter((_, at) => at !== 7)] }
}
const PLACE = { index: 0, phase: 'steady' }

test('both sides from the start of each run on, whenever they began', () => {
  const curves = curvesOf(
    [course(30, 100, 4000), course(30, 110, 9_999_000)],
    course(30, 150, 770_000),
    PLACE,
  )!
  expect(curves.lasts).toBe(300_000)
  expect(curves.judged).toEqual({ from: 20_000, to: 300_000 })
  expect(curves.candidate.p95.map((value) => value && Math.round(value / 10))).toEqual(
    Array.from({ length: 30 }, (_, at) => (at === 7 ? undefined : 16)),
  )
  expect(curves.candidate.perSecond[3]).toBe(0.2)
  expect([curves.candidate.failed[5], curves.base[1]?.failed[3]]).toEqual([0.5, 0])
  const html = toHtml(courseDrawing(curves, 'order <b>'))
  expect(html.match(/class="(range|base|candidate)"/g)).toHaveLength(9)
  expect(html).toContain('aria-label="order &lt;b&gt;"')
  expect(html).not.toMatch(/NaN|Infinity/)
})

test('of a day, eighty points; of a few seconds, or of another phase alone, nothing; without a base, the candidate', () => {
  const day = curvesOf([], course(8640, 100, 0), PLACE)!
  expect(day.candidate.p95.length).toBeLessThanOrEqual(80)
  expect(toHtml(courseDrawing(day, '')).length).toBeLessThan(5000)
  expect(curvesOf([], course(2, 100, 0), PLACE)).toBeUndefined()
  expect(curvesOf([], course(30, 100, 0), { ...PLACE, phase: 'ramp-up' })).toBeUndefined()
})
