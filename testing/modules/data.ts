import { moduleOf } from '../active.ts'

const stand = moduleOf('k6/data')

/** Stands in for `k6/data`. */
export default stand.default
/** The same by name. */
export const { SharedArray } = stand
