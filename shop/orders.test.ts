import { expect, test } from 'vitest'
import { bill, confirmation, trackingNumber } from './orders.ts'
import { stream } from './random.ts'

test('a bill multiplies converted prices and ships any cart for one price', () => {
  const { lines, shipping, total } = bill(new Map([['6E92ZMYYFZ', 3]]), 'USD')
  expect(lines.map(({ cost }) => cost / 10_000_000n)).toEqual([2697n])
  expect(shipping / 10_000_000n).toBe(899n)
  expect(total / 10_000_000n).toBe(3596n)
  expect(bill(new Map(), 'USD')).toEqual({ lines: [], shipping: 0n, total: 0n })
})

test('a tracking number carries the lengths of the address', () => {
  const random = stream(1, 'test')
  expect(trackingNumber('1600 Amphitheatre Parkway', 'Mountain View', 'CA', random)).toMatch(
    /^[A-Z]{2}-44\d{3}-22\d{7}$/,
  )
  expect(trackingNumber('a', 'b', 'c', random)).toMatch(/^[A-Z]{2}-7\d{3}-3\d{7}$/)
})

test('confirmations are UUIDs of version 1, each another', () => {
  const ids = Array.from({ length: 1000 }, confirmation)
  expect(new Set(ids).size).toBe(1000)
  for (const id of ids) expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-1[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
})
