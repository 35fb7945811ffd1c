/* eslint-disable -- a script that k6 itself runs */
// @ts-nocheck
import encoding from 'k6/encoding'
import crypto from 'k6/crypto'

export default function () {
  for (const kind of ['std', 'rawstd', 'url', 'rawurl', undefined, 'other']) {
    const text = encoding.b64encode('ä??>~ö', kind)
    attempt('encode ' + kind, () => text)
    attempt('decode ' + kind, () => encoding.b64decode(text, kind, 's'))
    attempt('bytes ' + kind, () => [...new Uint8Array(encoding.b64decode(text, kind))])
  }
  attempt('encode bytes', () => encoding.b64encode(new Uint8Array([1, 255]).buffer))
  attempt('bad text', () => encoding.b64decode('a*b=', 'std', 's'))
  attempt('bad length', () => typeof encoding.b64decode('abcde', 'std', 's'))
  for (const name of [
    'md4',
    'md5',
    'sha1',
    'sha256',
    'sha384',
    'sha512',
    'sha512_224',
    'sha512_256',
    'ripemd160',
  ]) {
    for (const output of ['hex', 'base64', 'base64url', 'base64rawurl']) {
      if (name !== 'md4') attempt(name + ' ' + output, () => crypto[name]('some text', output))
    }
  }
  attempt('hmac', () => crypto.hmac('sha256', 'key', 'text', 'hex'))
  attempt('hmac binary', () => new Uint8Array(crypto.hmac('sha256', 'key', 'text', 'binary')).length)
  attempt('hash', () => {
    const h = crypto.createHash('sha1')
    h.update('a')
    h.update('b')
    return h.digest('hex')
  })
  attempt('output', () => crypto.md5('a', 'nope'))
  attempt('algorithm', () => crypto.hmac('nope', 'a', 'b', 'hex'))
  attempt('hexEncode', () => crypto.hexEncode('az'))
  attempt('randomBytes', () => crypto.randomBytes(5).byteLength)
  attempt('no randomBytes', () => crypto.randomBytes(0))
}
