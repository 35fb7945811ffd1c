import { expect, test } from 'vitest'
import { k6Aliases, k6Names } from './aliases.ts'
import { active } from './active.ts'

test('every module of the double has a stand-in', () => {
  expect([...k6Names].sort()).toEqual(Object.keys(active().modules).sort())
})

test.each(k6Names.map((name, index) => [name, k6Aliases()[index]!] as const))(
  '%s resolves to a file with its exports',
  async (name, { find, replacement }) => {
    expect([find.test(name), find.test(`${name}/x`), find.test(`x${name}`)]).toEqual([true, false, false])
    const stand = (await import(/* @vite-ignore */ replacement)) as Record<string, unknown>
    const exports = active().modules[name]!
    expect(stand.default).toBe(exports.default)
    if (name === 'k6/execution') return
    expect(Object.keys(stand).sort()).toEqual(Object.keys(exports).sort())
  },
)
