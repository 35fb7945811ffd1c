import { moduleOf } from '../active.ts'

const stand = moduleOf('k6/net/grpc')

/** Stands in for `k6/net/grpc`. */
export default stand.default
/** The same by name. */
export const { Client, Stream } = stand
