import { expect, test } from 'vitest'
import { createStore } from '../../record/index.ts'
import { manyNames, manyNamesText } from './manyNames.ts'

const noted = (label: string, values: readonly string[]): string[] => {
  const store = createStore()
  for (const value of values)
    store.add([
      {
        name: 'k6_http_reqs_total',
        labels: { [label]: value, url: value },
        samples: [{ at: 1, value: 1 }],
        histograms: [],
      },
    ])
  return manyNames(store).map(manyNamesText)
}
const many = (count: number, make: (index: number) => string): string[] =>
  Array.from({ length: count }, (_, index) => make(index))

test('names with ids in them are noted, with what to write; a few names, or many that differ in words, are not', () => {
  expect(
    noted(
      'name',
      many(400, (i) => `http://127.0.0.1/items/1-${i}?t=${i}`),
    ),
  ).toEqual([
    '400 different names of requests with ids in them, such as http://127.0.0.1/items/1-0?t=0: each becomes a separate series. Use fewer: give requests of one kind one name: `name` of loadwright’s client, or k6’s tag `name` or http.url`…`',
  ])
  expect(
    noted(
      'user',
      many(60, (i) => `u${i}`),
    )[0],
  ).toMatch(/^60 different values of the tag user with ids/)
  const word = (i: number): string =>
    i.toString(26).replace(/\d/g, (digit) => 'qrstuvwxyz'[Number(digit)] ?? '')
  expect(noted('name', many(60, word))).toEqual([])
  expect(
    noted(
      'name',
      many(400, (i) => `item/${word(i)}`),
    )[0],
  ).toMatch(/^\d+ different names of requests, such as/)
  expect(
    noted(
      'name',
      many(9, (i) => `item ${i}`),
    ),
  ).toEqual([])
})

test.each(['instance_id', 'instance', 'testid'])(
  'many k6 in one run are no mistake of an author: %s',
  (tag) => {
    expect(
      noted(
        tag,
        many(400, (i) => String(i + 1)),
      ),
    ).toEqual([])
  },
)
