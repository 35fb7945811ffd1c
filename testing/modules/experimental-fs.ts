import { moduleOf } from '../active.ts'

const stand = moduleOf('k6/experimental/fs')

/** Stands in for `k6/experimental/fs`. */
export default stand.default
/** The same by name. */
export const { SeekMode, open } = stand
