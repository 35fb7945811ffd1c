/** A page that follows a run, on loopback. */
export { startLive, type Live, type LiveOptions } from './live.ts'
