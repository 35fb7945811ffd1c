import { createHash, createHmac, randomBytes } from 'node:crypto'
import type { Core } from '../core.ts'
import { toArrayBuffer, toBytes } from './encoding.ts'

const ALGORITHMS = 'md4 md5 sha1 sha256 sha384 sha512 sha512_224 sha512_256 ripemd160'.split(' ')

/** The module `k6/crypto`. */
export function cryptoModule(core: Core) {
  const hasher = (hash: { update(data: Buffer): unknown; digest(): Buffer }) => ({
    update: (input: unknown) => void hash.update(toBytes(core, input)),
    digest: (encoding: string) => {
      const sum = hash.digest()
      if (encoding === 'hex' || encoding === 'base64') return sum.toString(encoding)
      if (encoding === 'base64rawurl') return sum.toString('base64url')
      if (encoding === 'base64url') return sum.toString('base64').replaceAll('+', '-').replaceAll('/', '_')
      if (encoding === 'binary') return toArrayBuffer(core, sum)
      throw new core.GoError(`invalid output encoding: ${encoding}`)
    },
  })
  const named = (algorithm: string) => {
    if (!ALGORITHMS.includes(algorithm)) throw new core.GoError(`invalid algorithm: ${algorithm}`)
    return algorithm.replace('_', '-')
  }
  const of = (algorithm: string) => (input: unknown, encoding: string) => {
    const hash = hasher(createHash(named(algorithm)))
    hash.update(input)
    return hash.digest(encoding)
  }
  const createHMAC = (algorithm: string, key: unknown) =>
    hasher(createHmac(named(algorithm), toBytes(core, key)))
  return {
    createHash: (algorithm: string) => hasher(createHash(named(algorithm))),
    createHMAC,
    hmac: (algorithm: string, key: unknown, input: unknown, encoding: string) => {
      const hash = createHMAC(algorithm, key)
      hash.update(input)
      return hash.digest(encoding)
    },
    hexEncode: (input: unknown) => toBytes(core, input).toString('hex'),
    randomBytes: (size: number) => {
      if (!(size >= 1)) throw new core.GoError('invalid size')
      return toArrayBuffer(core, randomBytes(size))
    },
    ...Object.fromEntries(ALGORITHMS.map((algorithm) => [algorithm, of(algorithm)])),
  }
}
