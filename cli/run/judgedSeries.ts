import type { Pushed } from '../prometheus/index.ts'
import type { RunRecord } from '../record/index.ts'
import { readLimit } from '../report/index.ts'
import type { SeriesWriter } from './seriesWriter.ts'

/** Thresholds, reasons and failing checks of a run that are written, at most: the worst ones. */
const MAX_THRESHOLDS = 60
const MAX_REASONS = 10
const MAX_CHECKS = 20

const ORDER = { fail: 0, 'no samples': 1, pass: 2 } as const

/** Why a run came to its verdict: its thresholds, the reasons in words, and the checks that failed, by name. */
export const judgedSeries = (record: RunRecord, write: SeriesWriter): Pushed[] => [
  ...thresholds(record, write),
  ...reasons(record, write),
  ...checks(record, write),
]

/** Of a threshold that nothing was measured for there is neither a value, nor whether it held. */
function thresholds({ thresholds: all }: RunRecord, write: SeriesWriter): Pushed[] {
  const worst = all.toSorted((a, b) => ORDER[a.result] - ORDER[b.result]).slice(0, MAX_THRESHOLDS)
  return worst.map(readLimit).flatMap((read) => {
    const { metric, where: tags, threshold, result, limit, aggregation, value, margin, used, figures } = read
    const labels = { metric, tags, threshold }
    const inUnit = { ...labels, unit: figures?.unit }
    const held = result === 'no samples' ? undefined : Number(result === 'pass')
    return [
      ...write('loadwright_run_threshold_info', 1, {
        ...labels,
        limit: `${aggregation} ${limit}`.trim(),
        value,
        margin,
        result,
      }),
      ...write('loadwright_run_threshold_held', held, labels),
      ...write('loadwright_run_threshold_limit', figures?.limit, inUnit),
      ...write('loadwright_run_threshold_value', figures?.value, inUnit),
      ...write('loadwright_run_threshold_used_ratio', used, labels),
    ]
  })
}

const reasons = ({ reasons: all }: RunRecord, write: SeriesWriter): Pushed[] =>
  all
    .slice(0, MAX_REASONS)
    .flatMap(({ code, text }, at) =>
      write('loadwright_run_reason', 1, { index: String(at + 1).padStart(2, '0'), code, text }),
    )

const checks = ({ checks: all }: RunRecord, write: SeriesWriter): Pushed[] =>
  all
    .filter(({ fails }) => fails > 0)
    .toSorted((a, b) => b.fails - a.fails)
    .slice(0, MAX_CHECKS)
    .flatMap(({ name, group, fails }) =>
      write('loadwright_run_check_failures', fails, { check: name, group }),
    )
