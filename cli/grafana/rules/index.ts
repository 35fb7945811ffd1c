export { ruleFiles } from './prometheus.ts'
export { rulesOf } from './rulesOf.ts'
