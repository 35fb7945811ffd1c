/**
 * What a `loadwright.config.ts` says.
 *
 * @module loadwright/config
 */
export type { CloudConfig, LoadZoneShare } from './cloud.ts'
export { defineConfig, type Config } from './config.ts'
export type { Caps, Environment, EnvironmentChange } from './environments.ts'
export type { GateConfig, Tolerance } from './gate.ts'
export type { Monitor, MonitorAlert, Monitors } from './monitor/monitor.ts'
export type { Slo, Slos } from './slos.ts'
export type { EnvironmentSettings } from './settings/environmentSettings.ts'
export type { Escalation, NotifyConfig } from './notify.ts'
export type { SettingName } from './settings/settings.ts'
export type { PhaseName } from './workload/phases.ts'
export type { ProfileName } from './workload/profiles.ts'
export type { WatchConfig, WatchMetric, WatchTraffic } from './watch.ts'
