/* eslint-disable -- a script that k6 itself runs */
// @ts-nocheck
export default function () {
  console.log('@@1', 1, true, null, undefined, 'x', [], {}, [1, 'a', [null, undefined]], {
    a: 'b',
    c: { d: 1 },
  })
  console.info('@@2', new RangeError('boo'), { error: new Error('in') }, () => 1, { f() {} }, new Date(0), {
    d: new Date(0),
  })
  console.warn(
    '@@3',
    new Uint8Array([1, 2]),
    new Uint8Array(0),
    new Map([[1, 2]]),
    Symbol.iterator.toString(),
  )
  const loop = { a: 1 }
  loop.self = loop
  console.error('@@4', loop, 1.5, -0, 1e21, 10n)
}
