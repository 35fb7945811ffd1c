import { redact } from '../../config/redact.ts'
import { truncate } from '../base/index.ts'
import type { Pushed } from '../prometheus/index.ts'
import type { RUN_SERIES, RunRecord } from '../record/index.ts'

/** The name of a series of a run. */
export type RunSeriesName = keyof typeof RUN_SERIES

/** Labels; those without a value are left out. */
export type SeriesLabels = Readonly<Record<string, string | undefined>>

/** Writes a series of a run; none where there is no figure. */
export type SeriesWriter = (name: RunSeriesName, value: number | undefined, labels?: SeriesLabels) => Pushed[]

/** Characters of a label's value at most, and of one that holds a sentence. */
const MAX_LABEL_CHARACTERS = 128
const MAX_TEXT_CHARACTERS = 400

/** Writes series of a run, all at one time (ms since 1970), without what may be a secret. */
export function seriesWriter({ id }: Pick<RunRecord, 'id'>, at: number): SeriesWriter {
  return (name, value, labels = {}) => {
    if (value === undefined || !Number.isFinite(value)) return []
    return [
      { name, labels: boundedLabels({ testid: id, ...labels }), samples: [{ at, value }], histograms: [] },
    ]
  }
}

/** Labels as a server takes them: bounded, without what may be a secret, and without those that have no value. */
export const boundedLabels = (labels: SeriesLabels): Record<string, string> =>
  Object.fromEntries(
    Object.entries(labels).flatMap(([label, text = '']) => {
      const redacted = redact(text)
      const shown =
        label === 'text' ? truncate(redacted, MAX_TEXT_CHARACTERS) : redacted.slice(0, MAX_LABEL_CHARACTERS)
      return shown === '' ? [] : [[label, shown] as const]
    }),
  )
