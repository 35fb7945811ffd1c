import { moduleOf } from '../active.ts'

const stand = moduleOf('k6')

/** Stands in for `k6`. */
export default stand.default
/** The same by name. */
export const { check, fail, group, randomSeed, sleep } = stand
