/** One recording of the pushes of many k6. */
export { openCollection, type Collection } from './collection.ts'
export { startCollector, type Collector } from './collector.ts'
export type { Member } from './roster.ts'
