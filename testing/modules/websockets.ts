import { moduleOf } from '../active.ts'

const stand = moduleOf('k6/websockets')

/** Stands in for `k6/websockets`. */
export default stand.default
/** The same by name. */
export const { Blob, WebSocket } = stand
