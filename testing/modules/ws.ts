import { moduleOf } from '../active.ts'

const stand = moduleOf('k6/ws')

/** Stands in for `k6/ws`. */
export default stand.default
/** The same by name. */
export const { connect } = stand
