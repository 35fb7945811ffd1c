/** What k6 pushed to the recorder goes on to a Prometheus or a Mimir, through a queue on disk. */
export { startForwarder, type Forwarder, type ForwarderOptions } from './forwarder.ts'
export { ready, type Ready } from './ready.ts'
export { replayQueues, type Replayed, type ReplayOptions } from './replay.ts'
export { accessOf, targetOf, type Access, type Target } from './target.ts'
export { waitingRuns, type WaitingRun } from './waiting.ts'
