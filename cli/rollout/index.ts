/** Watches a canary beside the stable version, decides what becomes of it, and runs the hook of the decision. */
export { hookOf, runHook, type Hooks } from './hook.ts'
export { keepDecision } from './keep.ts'
export { loadPlan } from './loadPlan.ts'
export type { Versions } from './look.ts'
export type { WatchPlan } from './plan.ts'
export { queryPlan } from './queryPlan.ts'
