import { expect, it } from 'vitest'
import { operationIn } from './operationIn.ts'

it.each([
  ['query Cart { a }', 'Cart'],
  ['fragment F on S { query term }\nmutation Add($id: ID!) { a }', 'Add'],
  ['# query None\n{ a } query Second { b }', 'Second'],
  ['{ suggestions { query score } }', undefined],
  ['query ($t: ID) { find(text: "my query text") }', undefined],
  ['query ($t: String = "a query b") { a }', undefined],
  ['query ($t: String = """\na "query" b\n""") { a }', undefined],
])('the first operation in %j is %s', (text, name) => {
  expect(operationIn(text)).toBe(name)
})
