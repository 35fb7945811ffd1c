/** Suites as tests of Grafana Cloud k6. */
export { cloudArguments, writeConfig } from './command.ts'
export { planCloud, withEnvironment } from './plan.ts'
export { prepareCloudRun, refuseWithout } from './prepare.ts'
export { reachSentence } from './reach.ts'
export { runCloud } from './run.ts'
export { beforeText, cloudDryRun, cloudEnding } from './text.ts'
