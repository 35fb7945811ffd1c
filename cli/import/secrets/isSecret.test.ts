import { expect, it } from 'vitest'
import { isSecret } from './isSecret.ts'
import { isToken } from './madeByMachine.ts'
import { OPEN, PLANTED } from './planted.ts'

it.each(PLANTED)('keeps %s=%s out of sources', (name, value) => {
  expect(isSecret(name, value)).toBe(true)
})

it.each(OPEN)('leaves %s=%s in sources', (name, value) => {
  expect(isSecret(name, value)).toBe(false)
})

it('tells tokens of few digits from names', () => {
  expect(['VkStGXRzZ_jdHiWB-myTa', 'SplxlOBeZQQYbYS6WxSbIA', 'AbCdEfGhIjKlMn'].every(isToken)).toBe(true)
  expect(['getCustomerOrderHistory', 'RemoveItemFromCartById', 'application/json'].some(isToken)).toBe(false)
})
