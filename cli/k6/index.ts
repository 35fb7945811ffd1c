/** How the k6 binary is found, fetched or built, and started; what it prints and writes. */
export { browserEnvironment, type BrowserEnvironment } from './browserEnvironment.ts'
export { cacheFolder } from './cache.ts'
export { findChromium } from './chromium.ts'
export { configPath, withoutConfig } from './config.ts'
export { cpuQuota } from './cpuQuota.ts'
export {
  eventOf,
  instanceOfLine,
  logReader,
  readConsole,
  unquote,
  type ConsoleContent,
  type ConsoleLine,
} from './console.ts'
export { cleanEnvironment, RUNNING } from './environment.ts'
export { readFailure, readPage } from './events.ts'
export { endOf, GRACE_MS, runK6, startK6, type Ended, type Running, type RunningHow } from './execute.ts'
export { holds, parseExpression, type ThresholdExpression } from './expression.ts'
export { findEngine, installEngine } from './find.ts'
export { flagsOf, flagPairs, withoutFlag, withValues, type Flag } from './flags.ts'
export { guardMemory, memoryLeft, type MachineMemory } from './memory.ts'
export { GLOBALS, isSampled, METRICS, MODULE_METRICS, NEWER, OVERRIDDEN, REMOVED } from './modules.ts'
export { pinnedVersion } from './pin.ts'
export { mergeSummaries } from './mergeSummaries.ts'
export { progressTo } from './progress.ts'
export { PREFIX, withoutRemoteWrite } from './remoteWriteVariables.ts'
export { removeSetupData } from './setupData.ts'
export { spansOf } from './spanLine.ts'
export { removeSpanLines, withoutSpans } from './spanLines.ts'
export { killK6, spawnK6 } from './spawn.ts'
export { STOP_SIGNALS, stopping, whileNotStopped } from './stop.ts'
export {
  aggregationOf,
  checkedIn,
  checksOf,
  countOf,
  grownIn,
  thresholdsOf,
  type CheckResult,
  type SummaryExport,
  type ThresholdResult,
} from './summary.ts'
export { unknownFlags } from './unknownFlags.ts'
export { tieToCaller } from './watchdog.ts'
export { abortOf, markedOf, thrownOf, type StackFrame, type Thrown } from './thrown.ts'
export { EngineError, type Engine } from './types.ts'
