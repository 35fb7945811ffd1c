import { moduleOf } from '../active.ts'

const stand = moduleOf('k6/execution')

/** Stands in for `k6/execution`. */
export default stand.default
