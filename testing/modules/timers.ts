import { moduleOf } from '../active.ts'

const stand = moduleOf('k6/timers')

/** Stands in for `k6/timers`. */
export default stand.default
/** The same by name. */
export const { clearInterval, clearTimeout, setInterval, setTimeout } = stand
