import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { histogramOf, packHistogram } from '../../cli/prometheus/index.ts'
import { packMember } from '../../cli/record/gzipMember.ts'
import type { RunRecord } from '../../cli/record/index.ts'
import { BEGAN, fakeRecord } from './runRecord.ts'

const HOUR_MS = 3_600_000
const REQUESTS = 1200
const IN_STEP = { journey: 'checkout', step: 'place order', scenario: 'browsers', phase: 'steady' }

/**
 * Leaves a run in a folder of results: the `index`th of the day, which passed unless told, with 1,200 times of the step
 * "place order" around `ms` milliseconds and `failed` of as many requests. Gives its folder.
 */
export async function leaveRun(
  results: string,
  { index, ms, failed = 2, ...more }: { index: number; ms: number; failed?: number } & Partial<RunRecord>,
): Promise<string> {
  const began = BEGAN + index * HOUR_MS
  const id = more.id ?? `boutique-2026112${index}T093000-1a2b`
  const folder = join(results, id)
  const fake = fakeRecord(() => 0.5)
  const record = {
    ...fake,
    totals: { ...fake.totals, requests: REQUESTS, iterations: 0 },
    verdict: 'pass',
    exitCode: 0,
    startedAt: new Date(began).toISOString(),
    ...more,
    id,
  }
  const times = Array.from(
    { length: REQUESTS },
    (_, at) => (ms / 1000) * (0.5 + 1.5 * ((at + 0.5) / REQUESTS)),
  )
  const lines = [
    { lines: 1, window: 10_000 },
    { id: 0, name: 'k6_group_duration_seconds', labels: IN_STEP, first: began },
    { id: 1, name: 'k6_http_reqs_total', labels: { ...IN_STEP, expected_response: 'true' }, first: began },
    { id: 2, name: 'k6_http_reqs_total', labels: { ...IN_STEP, expected_response: 'false' }, first: began },
    {
      at: began,
      until: 1000,
      counters: [1, REQUESTS - failed, 1, failed],
      histograms: [[0, ...packHistogram(histogramOf(times))]],
    },
  ]
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'run.json'), JSON.stringify(record))
  writeFileSync(
    join(folder, 'series.ndjson.gz'),
    await packMember(lines.map((line) => `${JSON.stringify(line)}\n`).join('')),
  )
  return folder
}
