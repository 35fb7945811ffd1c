/** What k6, the Cloud and Synthetic Monitoring would refuse or measure wrongly in a script. */
export { examine, type Finding } from './check.ts'
export { checkLines } from './checkLines.ts'
export { readLogfmt, type Fields } from './logfmt.ts'
export { fails, jsonOf, textOf } from './report.ts'
export { checkSuite, checkTargets, type Checked } from './targets.ts'
