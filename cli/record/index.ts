/** The recorder, which receives what k6 pushes, and the run record: its schema, its figures, the runs on disk. */
export type { Change } from './changes.ts'
export type { AuditEntry, AuditEvent } from './audit/entry.ts'
export { appendAudit, readAudit, soundAudit } from './audit/log.ts'
export type { Baseline } from './baselines/baseline.ts'
export {
  baselineFile,
  changeBaseline,
  dropBaseline,
  isBaselineName,
  noBaseline,
  readBaseline,
  readBaselines,
  type DamagedBaseline,
} from './baselines/folder.ts'
export { gatedAs, type Gated } from './baselines/gated.ts'
export { readCourses, type Courses, type CourseWindow } from './baselines/courses.ts'
export { keepRun, keptRun } from './baselines/keptRun.ts'
export { aboutRun, conditionsOf } from './baselines/conditions.ts'
export { MAX_PLACES, measuredRun } from './baselines/measure.ts'
export {
  placeKey,
  type Better,
  type Bursts,
  type Conditions,
  type MeasuredRun,
  type Measurement,
  type Place,
} from './baselines/measuredRun.ts'
export type { CoursePlace } from './baselines/placeRouter.ts'
export { FAILED_CHECKS } from './baselines/checks.ts'
export type { CloudRun } from './cloudRun.ts'
export type { ExceptionCluster, FailedPage, FailureCluster, SourcePlace } from './failures.ts'
export { failedRequests, figuresOf, type JourneyFigures, type StepFigures } from './figures.ts'
export type { Generator } from './generator.ts'
export { contacted } from './hosts.ts'
export { sumOf, versionsOf, type Counts, type Instance } from './instance.ts'
export { PUSH_INTERVAL_MS } from './interval.ts'
export { followRecorded, type FollowedRun, type FollowedSeries } from './followed.ts'
export type { ExecutionSegment, RunLoad } from './load.ts'
export { ranScenarios } from './ranScenarios.ts'
export { HISTORY_SERIES, type HistoryGauge } from './historySeries.ts'
export { formDamage, type Form } from './form.ts'
export { hostIn, loadedBy, NO_ENVIRONMENT } from './loadedHosts.ts'
export { machineClass } from './machine.ts'
export {
  drivesBrowser,
  isBrowserAlone,
  type IterationWalk,
  type SuiteOptions,
  type Manifest,
  type MetricDeclaration,
} from './manifest.ts'
export { countsOf, signalFigures, type SignalFigures, type TrendFigures } from './signalFigures.ts'
export { metadataOf, shortCommit } from './metadata.ts'
export { ownMetrics, type OwnFigures, type OwnMetric } from './ownMetrics.ts'
export { createPace } from './pace.ts'
export { PAGE_REQUESTS, type PageFigures, type PageRequests, type VitalFigures } from './pages.ts'
export { STREAMS, type CallFigures } from './calls.ts'
export { namedFigures } from './namedFigures.ts'
export type { OperationFigures } from './operations.ts'
export { CONNECTING, MESSAGES, type SocketFigures } from './sockets.ts'
export { SPAN_DURATION, type SpanFigures } from './spans.ts'
export { lastSample, phaseTimes, plannedPhases } from './phaseTimes.ts'
export {
  distribution,
  inK6sUnit,
  level,
  occurrences,
  series,
  total,
  type Distribution,
  type Series,
} from './query.ts'
export { fullOf, PROBLEMS, problemOf } from './problems.ts'
export { QUIET } from './zeroTimings.ts'
export { reasonOf, textsOf, type Reason, type Values } from './reason.ts'
export { allRegionsIn, regionsIn, regionsOf, type RegionFigures } from './regions.ts'
export { readRecorded, readStore, type RecordedRun } from './recorded.ts'
export { createPushReader, type Push } from './push.ts'
export { copyPushes, openPushLog, PUSHES_FOLDER, takeLogged, type PushLog } from './pushLog.ts'
export { pushBody, type PushRefusal } from './pushRequest.ts'
export { openRecorder, type Recorder, type RecorderOptions } from './recorder.ts'
export { openRecording, type Recording } from './recording.ts'
export {
  SCHEMA,
  type Agreed,
  type SuiteDeclarations,
  type Metadata,
  type PhaseTimes,
  type RunRecord,
  type ThresholdOwner,
} from './runRecord.ts'
export { RUN_FIGURES, RUN_SERIES, type RunSeries } from './runSeries.ts'
export { diskFolder } from './runs/diskFolder.ts'
export { findRun } from './runs/find.ts'
export { isDamaged, runNames, readRecord, readResults, type Damaged, type Listed } from './runs/list.ts'
export type { RunFolder } from './runs/runFolder.ts'
export type { AnnotationOutcome, ForwardOutcome, TracesResult } from './sent.ts'
export {
  CALLS,
  CHECKS,
  FAILED_SHARES,
  ITERATIONS,
  JOURNEYS,
  metricNamesOf,
  othersOf,
  countersOf,
  samplesOf,
  OPERATIONS,
  REQUESTS,
  SIGNALS,
  SOCKETS,
  STEPS,
  tellsFailures,
  type Part,
  type Signal,
} from './signals.ts'
export { metricShare } from './shares.ts'
export { createStore, storeOfInstance, storeOfRegion, type Store } from './store.ts'
export type { Curve, StepCurves, TimeCurves, Timeline } from './timeline.ts'
export type { TimelineAbout } from './timelineOf.ts'
export { VERDICT_WORDS, VERDICTS, type Verdict } from './verdicts.ts'
export { ratingOf, WEB_VITALS, type Rating, type WebVital } from './webVitals.ts'
export type { Where } from './where.ts'
export { adequacyOf, type Adequacy, type TestTraffic } from './adequacy/adequacy.ts'
export { ADEQUACY_HEADS, adequacyCells } from './adequacy/cells.ts'
export {
  productionFile,
  productionText,
  readProduction,
  type PerSecond,
  type Production,
  type ProductionShare,
} from './adequacy/production.ts'
