import { moduleOf } from '../active.ts'

const stand = moduleOf('k6/encoding')

/** Stands in for `k6/encoding`. */
export default stand.default
/** The same by name. */
export const { b64decode, b64encode } = stand
