export { built, withSpans, type Built } from './built.ts'
export { cloudProblems, type CloudConfig, type LoadZoneShare } from './cloud.ts'
export { configProblems, defineConfig, environments, type Config, type EnvironmentChange } from './config.ts'
export { formatDuration, parseDuration } from './duration.ts'
export { ENVIRONMENTS, type Caps, type Environment } from './environments.ts'
export { describe, isRecord } from './keys.ts'
export {
  isOpen,
  littlesLaw,
  peak,
  rescale,
  seconds,
  sum,
  timeUnitFor,
  totalPeak,
  type Peak,
  type Shape,
  type Stage,
} from './load.ts'
export { decodePhases, encodePhases, judgedPhases, type Phase, type PhaseName } from './phases.ts'
export { MONITOR_DEFAULTS, PUBLIC_PROBES, type Monitor, type MonitorAlert, type Monitors } from './monitor.ts'
export { nearest, unknownWord } from './nearest.ts'
export { message, quote, sentence, type Problem } from './problem.ts'
export { PROFILE_NAMES, PROFILES, type Profile, type ProfileName, type ProfileStage } from './profiles.ts'
export {
  hostProblems,
  readSettings,
  SETTINGS,
  settingNameProblem,
  type Reading,
  type Setting,
  type SettingKind,
  type SettingName,
  type Settings,
  type Variables,
} from './settings.ts'
export {
  K6_METRICS,
  narrowed,
  expressionOf,
  parseThresholdKey,
  PROTOCOL_METRICS,
  tagOf,
  thresholdKey,
  thresholdProblems,
  TREND_STATS,
  type Expression,
  type K6Threshold,
  type MetricKind,
  type Threshold,
  type ThresholdKey,
  type Thresholds,
} from './thresholds.ts'
export { cut, redact, withoutTags } from './redact.ts'
export { shapeOf, type ClosedLoad, type Load, type OpenLoad, type WorkloadSettings } from './shape.ts'
export { hostMatches, isLoopback, parseHttpUrl, type HttpUrl } from './url.ts'
export { PHASES_VARIABLE } from './variables.ts'
export { ENVIRONMENT_WORDS, PROFILE_WORDS, SETTING_WORDS, type SettingWords } from './words.ts'
