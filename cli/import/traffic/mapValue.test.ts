import { describe, expect, it } from 'vitest'
import { mapValue } from './mapValue.ts'
import { code, mixed, type Value } from './value.ts'

const X = code('x')
/** What becomes of a value where each `hunter2` is an expression. */
const mapped = (value: Value): Value =>
  mapValue(value, '', (text) => (text === 'hunter2' || text === 7 ? X : text))

describe('mapValue', () => {
  it.each<[string, readonly (string | { type: 'code'; text: string })[]]>([
    ['{"a":"hunter2","b":1.10}', ['{"a":', code('JSON.stringify(x)'), ',"b":1.10}']],
    ['42["a",{"b":"hunter2"}]', ['42["a",{"b":', code('JSON.stringify(x)'), '}]']],
    [
      '["{\\"a\\":\\"hunter2\\"}"]',
      ['["{\\"a\\":', code('JSON.stringify(JSON.stringify(x)).slice(1, -1)'), '}"]'],
    ],
    ['<a b="hunter2">c</a>', ['<a b="', X, '">c</a>']],
    ['<a><![CDATA[hunter2]]></a>', ['<a><![CDATA[', X, ']]></a>']],
    ['a=1&b=hunter2&c=2', ['a=1&b=', code('encodeURIComponent(x)'), '&c=2']],
    ['login(b: "hunter2")', ['login(b: ', code('JSON.stringify(x)'), ')']],
    ['a: 1\nb: hunter2\n', ['a: 1\nb: ', X, '\n']],
    ['so: {"n": 7}', ['so: {"n": ', X, '}']],
  ])('finds values in %s', (text, parts) => {
    expect(mapped(text)).toEqual({ type: 'mixed', parts })
  })

  it('writes an expression as XML where the recorded text had signs of it', () => {
    expect(mapValue('<a>R&amp;D</a>', '', (text) => (text === 'R&D' ? X : text))).toEqual(
      mixed(['<a>', code("x.replaceAll('&', '&amp;').replaceAll('<', '&lt;')"), '</a>']),
    )
  })

  it('finds values behind what is an expression already', () => {
    const text = mixed(['{"a":"to ', code('y'), ' and","b":"hunter2"}'])
    expect(mapped(text)).toEqual(
      mixed(['{"a":"to ', code('y'), ' and","b":', code('JSON.stringify(x)'), '}']),
    )
  })

  it('leaves a text in which nothing is replaced as it is', () => {
    for (const text of [
      '{"a":"\\u0041"}',
      '<a b="&quot;">&#65;</a>',
      'a=%41+b',
      "f(a: 'b')",
      '\ue000{"a":1}',
    ])
      expect(mapped(text)).toBe(text)
  })
})
