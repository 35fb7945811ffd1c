import { moduleOf } from '../active.ts'

const stand = moduleOf('k6/experimental/csv')

/** Stands in for `k6/experimental/csv`. */
export default stand.default
/** The same by name. */
export const { Parser, parse } = stand
