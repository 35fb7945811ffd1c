import { expect, test } from 'vitest'
import { events } from '../test/recorded.ts'
import { rehearse } from '../testing/index.ts'
import { check } from './check.ts'
import { journey } from './journey.ts'
import { pool, tried } from './pool.ts'

const letters = () => pool('letters', [{ id: 'A' }, { id: 'B' }, { id: 'C' }], { key: 'id' })

test('rows come from an array, or from the text of a table that all VUs share', async () => {
  const array = letters()
  const text = pool<{ id: string; price: number }>('table', '[["id","price"],["A",1],["B",2.5]]')
  const seen = await rehearse(() => [array.at(2), text.at(1), array.length, text.length])
  expect(seen.returned[0]).toEqual([{ id: 'C' }, { id: 'B', price: 2.5 }, 3, 2])
  expect(seen.sharedArrays).toMatchObject([{ name: 'table', length: 2 }])
})

test('no rows, and a row that is not there, are errors', () => {
  expect(() => pool('none', [])).toThrow(new RangeError('pool "none" has no rows'))
  expect(() => pool('empty table', '[["id"]]')).toThrow('pool "empty table" has no rows')
  for (const index of [-1, 3, 0.5])
    expect(() => letters().at(index)).toThrow(`pool "letters" has no row ${index}`)
})

test('quarantine leaves rows out, for good', () => {
  const some = letters()
  some.quarantine([0, 2])
  expect([some.length, some.at(0)]).toEqual([1, { id: 'B' }])
  expect(() => some.at(1)).toThrow(RangeError)
})

test('a pool from a file is told what its rows are called and where they are known', async () => {
  const plain = pool('plain', [{ id: 'A' }, { id: 'B' }])
  const probed = tried(plain, { key: 'id', probe: ({ id }) => `http://localhost/${id}` })
  expect(probed).toBe(plain)
  expect(plain.options.probe?.({ id: 'B' })).toBe('http://localhost/B')
  const looking = journey('telling', () => {
    plain.at(1)
    throw new Error('no')
  })
  const seen = await rehearse(looking)
  expect(events(seen)[0]).toMatchObject({
    what: 'UsageError: journey "telling" has to name pool "plain" in its pools',
  })
  const trying = journey(
    'trying',
    () => {
      plain.at(1)
      throw new Error('no')
    },
    { pools: [plain] },
  )
  expect(events(await rehearse(trying))[0]?.row).toBe('plain=B')
})

test('a failure names the rows in use: by key, or by their place in the whole pool', async () => {
  const keyed = letters()
  const placed = pool('placed', [{ a: 1 }, { a: 2 }, { a: 3 }])
  placed.quarantine([0])
  const looking = journey('looking', () => {
    keyed.at(0)
    keyed.at(2)
    placed.at(1)
    check(1, { never: () => false })
  })
  const seen = await rehearse(looking)
  expect(events(seen)).toMatchObject([{ row: 'letters=C placed=2' }])
})

test('a *.pool.json is an array to TypeScript and a pool to a bundle; a real array is refused', () => {
  const json: readonly { id: string }[] = letters() as never
  const named = tried(json, { key: 'id' })
  expect([named.name, named.length, named.at(0).id]).toEqual(['letters', 3, 'A'])
  expect(() => tried([{ id: 'A' }], { key: 'id' })).toThrow(
    new TypeError('tried() takes what a *.pool.* file exports: got an array'),
  )
})
