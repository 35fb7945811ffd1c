import type { Curve, Heatmap, TimeCurves, Timeline } from '../../cli/record/timeline.ts'
import type { ReportData } from '../../cli/report/data.ts'
import { random } from '../../cli/verdict/statistics/random.ts'
import { BEGAN, fakeRecord, JOURNEYS } from './runRecord.ts'

/** A run of five minutes that failed, made up: for tests of reports, and to look at. */
export function fakeReport(seed = 1): ReportData {
  const next = random(seed)
  const window = 10
  const at = Array.from({ length: 30 }, (_, index) => BEGAN / 1000 + index * window)
  const load = at.map((_, index) => Math.min(1, (index + 1) / 3, (30 - index) / 3))
  const noisy = (size: number): Curve => load.map((part) => Math.round(size * part * (0.9 + 0.2 * next())))
  const curves = (size: number, median: number, bad = 0): TimeCurves => ({
    count: noisy(size),
    failed: load.map((part, index) => (index > 15 ? Math.round(bad * part * next()) : 0)),
    p50: load.map((part) => median * (0.8 + 0.3 * part * next())),
    p95: load.map((part, index) => median * (2 + part * next() + (index > 15 ? bad / 20 : 0))),
    p99: load.map((part, index) => median * (3 + 2 * part * next() + (index > 15 ? bad / 10 : 0))),
  })
  const steps = Object.entries(JOURNEYS).flatMap(([journey, names]) =>
    names.map((step, index) => ({
      journey,
      step,
      time: curves(120, 20 + index * 15, step === 'place order' ? 60 : 0),
      heatmap: heatmap(load, 20 + index * 15, step === 'place order', next),
    })),
  )
  const timeline: Timeline = {
    window,
    at,
    requests: curves(700, 24, 40),
    others: [],
    iterations: noisy(200),
    dropped: load.map((_, index) => (index === 17 ? 3 : 0)),
    checks: noisy(900),
    failedChecks: load.map((_, index) => (index > 15 ? Math.round(20 * next()) : 0)),
    vus: load.map((part) => Math.round(40 * part)),
    vusMax: load.map(() => 40),
    journeys: Object.keys(JOURNEYS).map((journey, index) => ({
      journey,
      started: noisy(60),
      time: curves(60, 90 + 60 * index),
    })),
    steps,
    own: [
      { metric: 'boutique_orders', kind: 'counter', values: noisy(50) },
      { metric: 'boutique_basket', kind: 'trend', values: load.map(() => null) },
    ],
  }
  return { record: fakeRecord(next), timeline }
}

/** Times around a median in buckets of schema 3; a slow step has a second hill. */
function heatmap(load: readonly number[], median: number, slow: boolean, next: () => number): Heatmap {
  const bounds = Array.from({ length: 64 }, (_, index) => 2 ** ((index + 8) / 8))
  const centre = (of: number): number => Math.round(8 * Math.log2(of)) - 8
  const counts = load.map((part, column) => {
    const row = Array.from({ length: bounds.length }, () => 0)
    for (let sample = 0; sample < 120 * part; sample++) {
      const hill = slow && column > 15 && next() < 0.3 ? centre(median * 8) : centre(median)
      const place = Math.round(hill + (next() + next() + next() - 1.5) * 9)
      if (place >= 0 && place < row.length) row[place] = (row[place] ?? 0) + 1
    }
    return row
  })
  return { bounds, counts }
}
