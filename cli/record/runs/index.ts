/** What runs have left in their folders: lists, and one of them with its figures over time. */
export { findRun } from './find.ts'
export { isDamaged, listRuns, runNames, readRecord, readResults, type Damaged, type Listed } from './list.ts'
