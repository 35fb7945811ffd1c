/** Helpers for every room: errors, atomic writes, safe printing. HTTP has its own index. */
export { backoff, type Backoff } from './backoff.ts'
export { bell } from './bell.ts'
export { defined, type Defined } from './defined.ts'
export { delay } from './delay.ts'
export { readPart, writePart } from './filePart.ts'
export { atomicWrite } from './atomicWrite.ts'
export { envValue } from './env.ts'
export { refusal, refuse, UserError } from './errors.ts'
export { makeFolder } from './makeFolder.ts'
export { EXIT } from './exitCodes.ts'
export {
  andMore,
  atLeast,
  bytes,
  clock,
  kib,
  number,
  plural,
  reachedOf,
  share,
  shareText,
  time,
} from './format.ts'
export { freePort } from './freePort.ts'
export { hostKind } from './hostKind.ts'
export { isLocked, takeLock } from './lock.ts'
export { locked } from './locked.ts'
export type { Mutable } from './mutable.ts'
export { exportConditions, packageRoot, version } from './package.ts'
export { cpuSeconds, processStat } from './processStat.ts'
export { truncate, printable } from './printable.ts'
export {
  AB_FILE,
  GATE_FILE,
  LOG_FILE,
  MAP_FILE,
  MEASURED_FILE,
  MOVED_FILE,
  ofInstance,
  NOTIFY_FILE,
  PAGE_FILE,
  PICTURES_FOLDER,
  QUEUE_FOLDER,
  RECORD_FILE,
  SERIES_FILE,
  SUMMARY_FILE,
  WATCH_FILE,
} from './runFiles.ts'
export { parseJson, unquoted } from './parseJson.ts'
export { readBounded } from './readBounded.ts'
export { serverUrlProblems } from './serverUrl.ts'
export { alignTable, visibleWidth } from './table.ts'
