import { moduleOf } from '../active.ts'

const stand = moduleOf('k6/html')

/** Stands in for `k6/html`. */
export default stand.default
/** The same by name. */
export const { parseHTML } = stand
