import { moduleOf } from '../active.ts'

const stand = moduleOf('k6/secrets')

/** Stands in for `k6/secrets`. */
export default stand.default
