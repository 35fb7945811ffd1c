/** Rules that record, and alerts, from what suites declare. */
export { ruleFiles } from './prometheus.ts'
export { rulesOf } from './rulesOf.ts'
