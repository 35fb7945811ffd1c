import { moduleOf } from '../active.ts'

const stand = moduleOf('k6/metrics')

/** Stands in for `k6/metrics`. */
export default stand.default
/** The same by name. */
export const { Counter, Gauge, Rate, Trend } = stand
