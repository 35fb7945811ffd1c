import { expectTypeOf, test } from 'vitest'
import { check, ensure } from './check.ts'
import type { Response } from './request.ts'
import { journey } from './journey.ts'
import * as pick from './pick.ts'
import { pool } from './pool.ts'
import { contains, status } from './predicates.ts'
import type { Journey } from './scenario.ts'
import { span } from './span.ts'
import { step } from './step.ts'

const products = pool('products', [{ id: 'A', stock: 3 }], { key: 'id' })

test('a journey is a plain function, and types the data of setup', () => {
  const browse = journey<{ token: string }>('browse', ({ token }) => {
    expectTypeOf(token).toEqualTypeOf<string>()
  })
  expectTypeOf(browse).toEqualTypeOf<Journey<{ token: string }>>()
  expectTypeOf(browse).toBeCallableWith()
  // @ts-expect-error -- data of another kind than the journey says
  journey<{ token: string }>('browse', ({ user }) => user)
  journey('browse', (data) => {
    // @ts-expect-error -- data that the journey does not type is unknown
    return data.token
  })
})

test('step and span give back what their body gives', () => {
  expectTypeOf(step('s', () => 1)).toEqualTypeOf<number>()
  expectTypeOf(step('s', () => Promise.resolve('a'))).toEqualTypeOf<Promise<string>>()
  expectTypeOf(span('s', () => ({ a: 1 }))).toEqualTypeOf<{ a: number }>()
  expectTypeOf(span('s', () => Promise.resolve(1))).toEqualTypeOf<Promise<number>>()
})

test('checks are predicates of the value they check', () => {
  const response = {} as Response
  expectTypeOf(check(response, { up: status(200), own: ({ body }) => body === '' })).toEqualTypeOf<boolean>()
  ensure(5, { positive: (value) => value > 0 })
  // @ts-expect-error -- a predicate of a response, asked of a number
  check(5, { up: status(200) })
  // @ts-expect-error -- a check is a function: a value would be decided before
  check(response, { up: true })
  // @ts-expect-error -- a response contains text
  contains(5)
})

test('pickers give a row; a weight is one of its properties', () => {
  for (const row of [
    pick.randomRow(products),
    pick.uniqueRow(products),
    pick.zipfRow(products),
    pick.nextRow(products),
  ])
    expectTypeOf(row).toEqualTypeOf<{ id: string; stock: number }>()
  pick.weightedRow(products, 'stock')
  // @ts-expect-error -- no such property
  pick.weightedRow(products, 'weight')
  // @ts-expect-error -- nor as a key
  pool('others', [{ id: 'A' }], { key: 'name' })
  // @ts-expect-error -- rows are objects
  pool('letters', ['A', 'B'])
})
