import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nearest, unknownWord } from './nearest.ts'

test.each([
  ['smok', 'smoke'],
  ['LOAD', 'load'],
  ['laod', 'load'],
  ['xyz', undefined],
  ['', undefined],
])('of %j one might have meant %j', (word, meant) => {
  expect(nearest(word, ['smoke', 'load', 'breakpoint'])).toBe(meant)
})

test('one letter dropped, doubled or swapped is still understood', () => {
  const words = ['breakpoint', 'staging', 'prod-sim', 'BASE_URL', 'CHECK_ROWS']
  fc.assert(
    fc.property(fc.constantFrom(...words), fc.nat(), fc.nat({ max: 2 }), (word, place, kind) => {
      const at = place % (word.length - 1)
      const [a = '', b = ''] = [word[at], word[at + 1]]
      const wrong =
        word.slice(0, at) + (['', a + a, b + a][kind] ?? '') + word.slice(at + (kind === 2 ? 2 : 1))
      expect(nearest(wrong, words)).toBe(word)
    }),
  )
})

test('an unknown word names all that are known, and the one that is near', () => {
  expect(unknownWord('PROFILE', 'laod', ['smoke', 'load'])).toEqual({
    where: 'PROFILE',
    got: '"laod"',
    allowed: 'smoke, load',
    fix: 'Did you mean "load"?',
  })
  expect(unknownWord('PROFILE', 'x', [])).toEqual({ where: 'PROFILE', got: '"x"', allowed: 'nothing' })
})
