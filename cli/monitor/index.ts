/** Suites as checks of Synthetic Monitoring: planned, applied, tested, rendered for Grafana. */
export { observe, type Observation } from './agent/observe.ts'
export { prepared, type PreparedCheck } from './agent/prepare.ts'
export { availability, agentJson, lineOfMany, agentSeriesText, agentText } from './agent/report.ts'
export { temporaryFolder } from './agent/temporary.ts'
export {
  applyMonitors,
  livePlan,
  pruneMonitors,
  refuseBrokenChecks,
  type AppliedChange,
} from './code/apply.ts'
export { doneText, endText } from './code/applyText.ts'
export { undeclaredIn } from './code/live.ts'
export { offlinePlan } from './code/offline.ts'
export { ownerOf } from './code/owner.ts'
export { monitorName, planText, undeclaredLines } from './code/planText.ts'
export { pulled, pullText } from './code/pull.ts'
export { examined, readyMonitors } from './code/ready.ts'
export { FORMATS, render, writeRendering } from './code/render.ts'
export { openSession, type Session } from './code/session.ts'
export { readState, STATE_FILE, writeState } from './code/state.ts'
