import { moduleOf } from '../active.ts'

const stand = moduleOf('k6/experimental/websockets')

/** Stands in for `k6/experimental/websockets`. */
export default stand.default
/** The same by name. */
export const { Blob, WebSocket } = stand
