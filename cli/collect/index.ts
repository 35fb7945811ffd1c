/** The pushes of many k6, wherever they run, as one run: its record, its verdict. */
export { addressOf } from './address.ts'
export { collectRun, type CollectInputs } from './collectRun.ts'
export { invitation } from './invitation.ts'
export { openCollection, type Collection } from './collection.ts'
export { startCollector, type Collector } from './collector.ts'
export { LIMITS } from './limits.ts'
export type { Member } from './roster.ts'
export { unsoundOf } from './standing.ts'
