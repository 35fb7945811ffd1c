import { describe, expect, it } from 'vitest'
import { mapPayload, payloadOf } from './payload.ts'
import { code } from './value.ts'

const carried = (text: string) => payloadOf({ type: 'application/json', text, fields: [] })

describe('payloadOf', () => {
  it('keeps JSON that is nested very deeply as a text', () => {
    const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`
    expect(carried(deep)).toEqual({ type: 'text', text: deep, media: 'application/json' })
  })

  it.each(['{"id":12345678901234567890}', '[1e400]', '{"price":1.10}', '{"a":-0}'])(
    'keeps %s as a text: its numbers would be written in another way',
    (text) => {
      expect(carried(text)).toEqual({ type: 'text', text, media: 'application/json' })
    },
  )

  it('keeps numbers that JavaScript writes as they were sent', () => {
    expect(carried('{"price":1.1,"text":"1.10"}')?.type).toBe('json')
  })
})

describe('mapPayload', () => {
  it('replaces fields of JSON that stays a text, by their names', () => {
    const payload = carried(String.raw`{"password":"a\"b","price":1.10,"orderId":12,"note":"12"}`)
    const names: string[] = []
    const mapped =
      payload &&
      mapPayload(payload, (value, name) => {
        names.push(`${name}=${value}`)
        if (name === 'password') return code("secret('PASSWORD')")
        return name === 'orderId' ? code('orderId') : value
      })
    expect(names).toEqual(['password=a"b', 'price=1.10', 'orderId=12', 'note=12'])
    expect(mapped).toMatchObject({
      text: {
        parts: [
          '{"password":',
          code("JSON.stringify(secret('PASSWORD'))"),
          ',"price":1.10,"orderId":',
          code('orderId'),
          ',"note":"12"}',
        ],
      },
    })
  })
})
