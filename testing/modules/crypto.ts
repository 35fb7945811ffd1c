import { moduleOf } from '../active.ts'

const stand = moduleOf('k6/crypto')

/** Stands in for `k6/crypto`. */
export default stand.default
/** The same by name. */
export const {
  createHash,
  createHMAC,
  hexEncode,
  hmac,
  md4,
  md5,
  randomBytes,
  ripemd160,
  sha1,
  sha256,
  sha384,
  sha512,
  sha512_224,
  sha512_256,
} = stand
