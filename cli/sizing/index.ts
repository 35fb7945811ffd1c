/** What a suite's load costs a load generator, and what this machine can hold of it. */
export { keepSizing, keptSizing, type Sizing } from './kept.ts'
export { thisMachine, type Machine } from './machine.ts'
export { measure } from './measure.ts'
export { fitOf, needOf, type Asked, type Fit, type Need } from './need.ts'
export { fitText, holdsText, sizingText, type ProfileLoad } from './words.ts'
export {
  collectorResources,
  runnerLoad,
  runnerResources,
  runnersFor,
  type Resources,
  type RunnerLoad,
} from './pods.ts'
export { shortOf } from './shortOf.ts'
