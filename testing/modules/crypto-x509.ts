import { moduleOf } from '../active.ts'

const stand = moduleOf('k6/crypto/x509')

/** Stands in for `k6/crypto/x509`. */
export default stand.default
/** The same by name. */
export const { getAltNames, getIssuer, getSubject, parse } = stand
