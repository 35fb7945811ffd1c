import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyText } from '../test/texts.ts'
import { rehearse } from '../testing/index.ts'
import { beginTrace } from './beginTrace.ts'
import { baggage, traceparent } from './trace.ts'

const traces = async (count: number, env: Record<string, string> = {}) => {
  const make = () => Array.from({ length: count }, () => beginTrace())
  return (await rehearse(make, { env })).returned[0] as ReturnType<typeof beginTrace>[]
}

test('ids are those of W3C Trace Context, and none comes twice', async () => {
  const many = await traces(500)
  const spans = many.flatMap((trace) => [traceparent(trace), traceparent(trace)])
  const ids = many.flatMap(({ id }) => [id, id])
  expect(spans.map((header) => header.replace(/-(?!0{16})[0-9a-f]{16}-/, '-span-'))).toEqual(
    ids.map((id) => `00-${id}-span-03`),
  )
  expect(ids.filter((id) => !/^(?!0{32})[0-9a-f]{32}$/.test(id))).toEqual([])
  expect(new Set(many.map(({ id }) => id)).size).toBe(500)
  expect(new Set(spans).size).toBe(1000)
})

test('the last 7 bytes of a trace id are random, as flag 02 promises, and all of a span id', async () => {
  const many = await traces(400)
  const parts = [many.map(({ id }) => id.slice(-14)), many.map((trace) => traceparent(trace).slice(36, 52))]
  for (const ids of parts)
    for (let place = 0; place < ids[0]!.length; place++)
      expect(new Set(ids.map((id) => id[place])).size, `digit ${place}`).toBe(16)
})

test('TRACE_RATIO decides the sampled flag', async () => {
  const sampled = async (ratio: string) =>
    (await traces(1000, { TRACE_RATIO: ratio })).filter(({ flags }) => flags === '03').length
  expect(await sampled('1')).toBe(1000)
  expect(await sampled('0')).toBe(0)
  const share = await sampled('0.3')
  expect(share).toBeGreaterThan(200)
  expect(share).toBeLessThan(400)
})

test('baggage is that of W3C, whatever the names are', () => {
  const member = /^[a-z]+=[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]*$/
  const name = anyText()
  fc.assert(
    fc.property(name, name, name, (run, journey, step) => {
      const members = baggage(run, journey, step).split(',')
      for (const text of members) expect(text).toMatch(member)
      const read = members
        .map((text) => text.split('='))
        .map(([key, value]) => [key, decodeURIComponent(value!)])
      expect(Object.fromEntries(read)).toEqual({ run, journey, step })
    }),
  )
})

test('baggage leaves out what is not there, and mixes no names up', () => {
  expect(baggage('r', undefined, undefined)).toBe('run=r')
  expect(baggage('r', 'a', 'b c')).toBe('run=r,journey=a,step=b%20c')
  expect(baggage('r', 'a b', 'c')).toBe('run=r,journey=a%20b,step=c')
  expect(baggage('s', 'a b', 'c')).toBe('run=s,journey=a%20b,step=c')
})
