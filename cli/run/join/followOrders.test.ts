import { expect, test } from 'vitest'
import { shareable } from './followOrders.ts'

test('what setup returned goes to other instances as it is, unless no report can carry it', () => {
  const setup = { data: { token: 'a' } }
  expect(shareable(setup)).toBe(setup)
  expect(shareable({ failed: 'no target' })).toEqual({ failed: 'no target' })
  expect(shareable({ data: 'x'.repeat(8 * 2 ** 20) })).toEqual({
    failed: expect.stringMatching(
      /^setup returned 8(\.0)? MiB, and other instances are given 7(\.0)? MiB at most/,
    ) as string,
  })
})
