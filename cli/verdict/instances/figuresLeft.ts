import { parseThresholdKey } from '../../../config/thresholds/thresholdKey.ts'
import { ofInstance, SUMMARY_FILE } from '../../base/index.ts'
import { mergeSummaries, thresholdsOf, type SummaryExport, type ThresholdResult } from '../../k6/index.ts'
import {
  lastSample,
  series,
  storeOfInstance,
  type RunFolder,
  type RunRecord,
  type Store,
} from '../../record/index.ts'
import { readSummary } from '../readings.ts'
import { thresholdsSoFar } from '../thresholdsSoFar.ts'
import { mergedThresholds, type NearLimit } from './mergedThresholds.ts'

/** k6's own figures of a run: those of its one k6, or of several together. */
export interface FiguresLeft {
  /** Empty where one is missing: what is left is not of the whole run. */
  summary: SummaryExport
  /** What those that are there come to. */
  added: SummaryExport
  /** Whether one is missing or incomplete. */
  unread: boolean
  /** Those of each k6, empty where it left none, with its own series. */
  each: readonly { summary: SummaryExport; store: Store }[]
  thresholds: ThresholdResult[]
  near: NearLimit[]
  /** Counts and thresholds are the record's, since not every k6 left its own figures. */
  ofRecord: boolean
}

/** What a k6 left that left no figures. */
export const NONE: SummaryExport = { metrics: {} }

/** Reads the end-of-test figures of each k6 of a run; without a folder there are none. */
export async function figuresLeft(
  { instances, declared }: Pick<RunRecord, 'instances' | 'declared'>,
  store: Store,
  folder: RunFolder | undefined,
): Promise<FiguresLeft> {
  // A record that was written by hand may have no instance, nor has that of a collector to which nobody came.
  const ids = instances.length > 0 ? instances.map(({ id }) => id) : [undefined]
  const read = await Promise.all(
    ids.map(async (id) => (folder ? readSummary(folder, ofInstance(SUMMARY_FILE, id)) : undefined)),
  )
  const each = ids.map((id, index) => ({
    summary: read[index] ?? NONE,
    store: id === undefined ? store : storeOfInstance(store, id),
  }))
  const whole = read.filter((one) => one !== undefined)
  const isWhole = whole.length === ids.length
  // Of a k6 that others started nothing comes but its pushes.
  const unread = ids.some((_, index) => isOurs(instances[index]) && read[index] === undefined)
  const [only = NONE] = whole
  const recorded = (key: string): boolean | undefined => wasRecorded(store, key)
  const isRecorded = store.series().length > 0
  const about = { unread, each, near: [], ofRecord: false }
  if (ids.length === 1 && ids[0] === undefined)
    return { ...about, summary: only, added: only, thresholds: thresholdsOf(only, recorded) }
  const added = mergeSummaries(whole, (metric) => latestOf(store, metric))
  if (!isWhole || !isRecorded) {
    const thresholds = folder ? thresholdsSoFar(store, declared ?? {}, secondsIn(store)) : []
    return { ...about, summary: NONE, added, thresholds, ofRecord: isRecorded }
  }
  const { judged, near } = mergedThresholds(store, { summaries: whole, merged: added }, declared ?? {})
  return { ...about, summary: added, added, thresholds: thresholdsOf(judged, recorded), near }
}

/** Whether loadwright started a k6: then its command is known. One without an instance's name is that of a run here. */
const isOurs = (one: RunRecord['instances'][number] | undefined): boolean =>
  one?.id === undefined || one.k6.command.length > 0

/** Whether the metric of a threshold was ever pushed; undefined where nothing was. */
function wasRecorded(store: Store, key: string): boolean | undefined {
  const { metric, tags } = parseThresholdKey(key) ?? { metric: key, tags: {} }
  return store.series().length === 0 ? undefined : series(store, metric, tags).length > 0
}

/** The last value of a Gauge in any instance. */
function latestOf(store: Store, key: string): number | undefined {
  const { metric, tags } = parseThresholdKey(key) ?? { metric: key, tags: {} }
  const last = series(store, metric, tags)
    .toSorted((a, b) => a.last - b.last)
    .at(-1)
  return last?.kind === 'gauge' ? last.value : undefined
}

function secondsIn(store: Store): number {
  const first = Math.min(...store.series().map((one) => one.first))
  const last = lastSample(store)
  return last === undefined ? 0 : (last - first) / 1000
}
