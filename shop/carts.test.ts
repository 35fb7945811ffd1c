import { expect, test } from 'vitest'
import { keepCarts, pieces } from './carts.ts'

test('adding a product twice sums, the order stays', () => {
  const carts = keepCarts()
  carts.add('s', 'B', 6)
  carts.add('s', 'A', 1)
  carts.add('s', 'B', 7)
  expect([...carts.get('s')]).toEqual([
    ['B', 13],
    ['A', 1],
  ])
  expect(pieces(carts.get('s'))).toBe(14)
  expect(pieces(carts.get('other'))).toBe(0)
})

test('the longest unused cart leaves when there are too many', () => {
  const carts = keepCarts(2)
  carts.add('a', 'X', 1)
  carts.add('b', 'X', 1)
  carts.get('a')
  carts.add('c', 'X', 1)
  expect(['a', 'b', 'c'].map((session) => pieces(carts.get(session)))).toEqual([1, 0, 1])
  expect(carts.size()).toBe(2)
})

test('an idle cart is forgotten, a used one is not', () => {
  let time = 0
  const carts = keepCarts(10, 100, () => time)
  carts.add('a', 'X', 1)
  carts.add('b', 'X', 1)
  time = 90
  carts.get('a')
  time = 120
  expect(pieces(carts.get('b'))).toBe(0)
  expect(pieces(carts.get('a'))).toBe(1)
  carts.add('c', 'X', 1)
  time = 300
  carts.add('d', 'X', 1)
  expect(carts.size()).toBe(1)
})
