import { moduleOf } from '../active.ts'

const stand = moduleOf('k6/browser')

/** Stands in for `k6/browser`. */
export default stand.default
/** The same by name. */
export const { browser, chromium, devices, networkProfiles } = stand
